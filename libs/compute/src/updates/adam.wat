;; One step of Adam (Kingma and Ba 2015), four weights at a time; `simd-adam.ts` says what the parameters are.
;; Translated by `npx wat2wasm adam.wat -o adam.wasm`; a test holds that adam.wasm is this.
(module
  (import "thaw" "memory" (memory 0))
  (func (export "step")
    (param $weights i32) (param $gradient i32) (param $momentum i32) (param $velocity i32) (param $bytes i32)
    (param $toGradient f32) (param $toSquare f32) (param $stepSize f32) (param $epsilon f32)
    (local $at i32) (local $g v128) (local $m v128) (local $v v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $bytes)))
        (local.set $g (v128.load (i32.add (local.get $gradient) (local.get $at))))
        ;; m += (g - m) (1 - beta_1)
        (local.set $m (v128.load (i32.add (local.get $momentum) (local.get $at))))
        (local.set $m
          (f32x4.add (local.get $m)
            (f32x4.mul
              (f32x4.sub (local.get $g) (local.get $m))
              (f32x4.splat (local.get $toGradient)))))
        (v128.store (i32.add (local.get $momentum) (local.get $at)) (local.get $m))
        ;; v += (g g - v) (1 - beta_2)
        (local.set $v (v128.load (i32.add (local.get $velocity) (local.get $at))))
        (local.set $v
          (f32x4.add (local.get $v)
            (f32x4.mul
              (f32x4.sub (f32x4.mul (local.get $g) (local.get $g)) (local.get $v))
              (f32x4.splat (local.get $toSquare)))))
        (v128.store (i32.add (local.get $velocity) (local.get $at)) (local.get $v))
        ;; w -= m stepSize / (sqrt(v) + epsilon)
        (v128.store (i32.add (local.get $weights) (local.get $at))
          (f32x4.sub
            (v128.load (i32.add (local.get $weights) (local.get $at)))
            (f32x4.div
              (f32x4.mul (local.get $m) (f32x4.splat (local.get $stepSize)))
              (f32x4.add (f32x4.sqrt (local.get $v)) (f32x4.splat (local.get $epsilon))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))))
