;; What updates do to whole arrays of float32, four values at a time; `vectors.ts` says what the parameters are.
;; Translated by `npx wat2wasm vectors.wat -o vectors.wasm`; a test holds that vectors.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  ;; a = a x
  (func (export "scale") (param $a i32) (param $bytes i32) (param $x f32)
    (local $end i32)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $a) (local.get $end)))
        (v128.store (local.get $a)
          (f32x4.mul (v128.load (local.get $a)) (f32x4.splat (local.get $x))))
        (local.set $a (i32.add (local.get $a) (i32.const 16)))
        (br $next))))

  ;; a = a x + b y
  (func (export "mix") (param $a i32) (param $b i32) (param $bytes i32) (param $x f32) (param $y f32)
    (local $end i32)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $a) (local.get $end)))
        (v128.store (local.get $a)
          (f32x4.add
            (f32x4.mul (v128.load (local.get $a)) (f32x4.splat (local.get $x)))
            (f32x4.mul (v128.load (local.get $b)) (f32x4.splat (local.get $y)))))
        (local.set $a (i32.add (local.get $a) (i32.const 16)))
        (local.set $b (i32.add (local.get $b) (i32.const 16)))
        (br $next))))

  ;; the sum of a a, in float64
  (func (export "squares") (param $a i32) (param $bytes i32) (result f64)
    (local $end i32) (local $v v128) (local $low v128) (local $high v128) (local $sum v128)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $a) (local.get $end)))
        (local.set $v (v128.load (local.get $a)))
        (local.set $low (f64x2.promote_low_f32x4 (local.get $v)))
        (local.set $high (f64x2.promote_low_f32x4
          (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $v) (local.get $v))))
        (local.set $sum
          (f64x2.add (local.get $sum)
            (f64x2.add
              (f64x2.mul (local.get $low) (local.get $low))
              (f64x2.mul (local.get $high) (local.get $high)))))
        (local.set $a (i32.add (local.get $a) (i32.const 16)))
        (br $next)))
    (f64.add (f64x2.extract_lane 0 (local.get $sum)) (f64x2.extract_lane 1 (local.get $sum)))))
