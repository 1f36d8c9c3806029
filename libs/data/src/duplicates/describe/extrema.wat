;; The look for extrema, four pixels at a time; `extrema.ts` says what for.
;; Translated by `npx wat2wasm extrema.wat -o extrema.wasm`; a test holds that extrema.wasm is this.
;; Addresses and lengths of rows are in bytes.
(module
  (import "thaw" "memory" (memory 0))

  ;; The largest and the smallest of the eight neighbours of each of four pixels.
  (func $largest (param $at i32) (param $row i32) (result v128)
    (local $up i32) (local $down i32)
    (local.set $up (i32.sub (local.get $at) (local.get $row)))
    (local.set $down (i32.add (local.get $at) (local.get $row)))
    (f32x4.pmax
      (f32x4.pmax
        (f32x4.pmax (v128.load (i32.sub (local.get $up) (i32.const 4))) (v128.load (local.get $up)))
        (f32x4.pmax (v128.load offset=4 (local.get $up)) (v128.load (i32.sub (local.get $at) (i32.const 4)))))
      (f32x4.pmax
        (f32x4.pmax (v128.load offset=4 (local.get $at)) (v128.load (i32.sub (local.get $down) (i32.const 4))))
        (f32x4.pmax (v128.load (local.get $down)) (v128.load offset=4 (local.get $down))))))
  (func $smallest (param $at i32) (param $row i32) (result v128)
    (local $up i32) (local $down i32)
    (local.set $up (i32.sub (local.get $at) (local.get $row)))
    (local.set $down (i32.add (local.get $at) (local.get $row)))
    (f32x4.pmin
      (f32x4.pmin
        (f32x4.pmin (v128.load (i32.sub (local.get $up) (i32.const 4))) (v128.load (local.get $up)))
        (f32x4.pmin (v128.load offset=4 (local.get $up)) (v128.load (i32.sub (local.get $at) (i32.const 4)))))
      (f32x4.pmin
        (f32x4.pmin (v128.load offset=4 (local.get $at)) (v128.load (i32.sub (local.get $down) (i32.const 4))))
        (f32x4.pmin (v128.load (local.get $down)) (v128.load offset=4 (local.get $down))))))

  ;; Of four pixels those that are above all their neighbours and at least $weakest, or below and at most that, negated.
  (func $extreme
    (param $below i32) (param $here i32) (param $above i32) (param $row i32) (param $weakest f32) (result v128)
    (local $value v128) (local $high v128) (local $low v128)
    (local.set $value (v128.load (local.get $here)))
    (local.set $high (f32x4.ge (local.get $value) (f32x4.splat (local.get $weakest))))
    (local.set $low (f32x4.le (local.get $value) (f32x4.splat (f32.neg (local.get $weakest)))))
    (if (i32.eqz (v128.any_true (v128.or (local.get $high) (local.get $low))))
      (then (return (v128.const i32x4 0 0 0 0))))
    (local.set $high
      (v128.and (local.get $high)
        (f32x4.gt (local.get $value) (call $largest (local.get $here) (local.get $row)))))
    (local.set $low
      (v128.and (local.get $low)
        (f32x4.lt (local.get $value) (call $smallest (local.get $here) (local.get $row)))))
    (if (i32.eqz (v128.any_true (v128.or (local.get $high) (local.get $low))))
      (then (return (v128.const i32x4 0 0 0 0))))
    (v128.or
      (v128.and (local.get $high)
        (v128.and
          (v128.and
            (f32x4.gt (local.get $value) (v128.load (local.get $below)))
            (f32x4.gt (local.get $value) (v128.load (local.get $above))))
          (v128.and
            (f32x4.gt (local.get $value) (call $largest (local.get $below) (local.get $row)))
            (f32x4.gt (local.get $value) (call $largest (local.get $above) (local.get $row))))))
      (v128.and (local.get $low)
        (v128.and
          (v128.and
            (f32x4.lt (local.get $value) (v128.load (local.get $below)))
            (f32x4.lt (local.get $value) (v128.load (local.get $above))))
          (v128.and
            (f32x4.lt (local.get $value) (call $smallest (local.get $below) (local.get $row)))
            (f32x4.lt (local.get $value) (call $smallest (local.get $above) (local.get $row))))))))

  ;; Writes the places (in pixels, from the first) of a plane's extrema to $list, row by row, and returns how many. Two rows and
  ;; columns along the edges are left out.
  (func (export "extrema")
    (param $below i32) (param $here i32) (param $above i32) (param $width i32) (param $height i32)
    (param $weakest f32) (param $list i32) (result i32)
    (local $x i32) (local $y i32) (local $at i32) (local $end i32) (local $lanes i32) (local $found i32)
    (local.set $y (i32.const 2))
    (block $done
      (br_if $done (i32.lt_s (local.get $width) (i32.const 5)))
      (loop $nextRow
        (br_if $done (i32.ge_s (local.get $y) (i32.sub (local.get $height) (i32.const 2))))
        (local.set $end
          (i32.sub (i32.mul (i32.add (local.get $y) (i32.const 1)) (local.get $width)) (i32.const 2)))
        (local.set $x (i32.add (i32.mul (local.get $y) (local.get $width)) (i32.const 2)))
        (loop $next
          (local.set $at (i32.shl (local.get $x) (i32.const 2)))
          (local.set $lanes
            (i32x4.bitmask
              (call $extreme
                (i32.add (local.get $below) (local.get $at))
                (i32.add (local.get $here) (local.get $at))
                (i32.add (local.get $above) (local.get $at))
                (i32.shl (local.get $width) (i32.const 2))
                (local.get $weakest))))
          (block $listed
            (loop $nextLane
              (br_if $listed (i32.eqz (local.get $lanes)))
              (local.set $at (i32.add (local.get $x) (i32.ctz (local.get $lanes))))
              (br_if $listed (i32.ge_s (local.get $at) (local.get $end)))
              (i32.store
                (i32.add (local.get $list) (i32.shl (local.get $found) (i32.const 2)))
                (local.get $at))
              (local.set $found (i32.add (local.get $found) (i32.const 1)))
              (local.set $lanes (i32.and (local.get $lanes) (i32.sub (local.get $lanes) (i32.const 1))))
              (br $nextLane)))
          (br_if $next
            (i32.lt_s (local.tee $x (i32.add (local.get $x) (i32.const 4))) (local.get $end))))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $nextRow)))
    (local.get $found)))
