;; Blurring, four pixels at a time; `blur.ts` says what the parameters are.
;; Translated by `npx wat2wasm blur.wat -o blur.wasm`; a test holds that blur.wasm is this.
;; Addresses and lengths are in bytes. What is written behind the end of a row is written over by the next row.
(module
  (import "thaw" "memory" (memory 0))

  ;; Blurs $height rows of $row bytes. $line is scratch for one row with $reach bytes more on either side.
  (func (export "blurRows")
    (param $from i32) (param $to i32) (param $line i32) (param $row i32) (param $height i32) (param $reach i32)
    (param $weight f32)
    (local $x i32) (local $start i32) (local $end i32) (local $first f32) (local $last f32) (local $middle v128) (local $side v128)
    (local.set $side (f32x4.splat (local.get $weight)))
    (local.set $middle
      (f32x4.splat (f32.sub (f32.const 1) (f32.mul (f32.const 2) (local.get $weight)))))
    (local.set $start (i32.add (local.get $line) (local.get $reach)))
    (local.set $end (i32.add (local.get $start) (local.get $reach)))
    (loop $nextRow
      (memory.copy (local.get $start) (local.get $from) (local.get $row))
      (local.set $first (f32.load (local.get $from)))
      (local.set $last (f32.load (i32.sub (i32.add (local.get $from) (local.get $row)) (i32.const 4))))
      (local.set $x (i32.const 0))
      (loop $nextPad
        (f32.store (i32.add (local.get $line) (local.get $x)) (local.get $first))
        (f32.store
          (i32.add (i32.add (local.get $start) (local.get $row)) (local.get $x))
          (local.get $last))
        (br_if $nextPad
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 4))) (local.get $reach))))
      (local.set $x (i32.const 0))
      (loop $next
        (v128.store (i32.add (local.get $to) (local.get $x))
          (f32x4.add
            (f32x4.mul (local.get $middle) (v128.load (i32.add (local.get $start) (local.get $x))))
            (f32x4.mul (local.get $side)
              (f32x4.add
                (v128.load (i32.add (local.get $line) (local.get $x)))
                (v128.load (i32.add (local.get $end) (local.get $x)))))))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $row))))
      (local.set $from (i32.add (local.get $from) (local.get $row)))
      (local.set $to (i32.add (local.get $to) (local.get $row)))
      (br_if $nextRow (local.tee $height (i32.sub (local.get $height) (i32.const 1))))))

  ;; Blurs the columns of what `blurRows` made of $before, with taps $reach rows apart, and writes what both changed to $change.
  (func (export "blurColumns")
    (param $rows i32) (param $to i32) (param $before i32) (param $change i32)
    (param $row i32) (param $height i32) (param $reach i32) (param $weight f32)
    (local $x i32) (local $y i32) (local $above i32) (local $here i32) (local $below i32)
    (local $middle v128) (local $side v128) (local $value v128)
    (local.set $side (f32x4.splat (local.get $weight)))
    (local.set $middle
      (f32x4.splat (f32.sub (f32.const 1) (f32.mul (f32.const 2) (local.get $weight)))))
    (loop $nextRow
      (local.set $here (i32.add (local.get $rows) (i32.mul (local.get $y) (local.get $row))))
      (local.set $above (i32.sub (local.get $y) (local.get $reach)))
      (local.set $above
        (i32.add (local.get $rows)
          (i32.mul (local.get $row)
            (select (local.get $above) (i32.const 0) (i32.gt_s (local.get $above) (i32.const 0))))))
      (local.set $below (i32.add (local.get $y) (local.get $reach)))
      (local.set $below
        (i32.add (local.get $rows)
          (i32.mul (local.get $row)
            (select (local.get $below) (i32.sub (local.get $height) (i32.const 1))
              (i32.lt_s (local.get $below) (local.get $height))))))
      (local.set $x (i32.const 0))
      (loop $next
        (local.set $value
          (f32x4.add
            (f32x4.mul (local.get $middle) (v128.load (i32.add (local.get $here) (local.get $x))))
            (f32x4.mul (local.get $side)
              (f32x4.add
                (v128.load (i32.add (local.get $above) (local.get $x)))
                (v128.load (i32.add (local.get $below) (local.get $x)))))))
        (v128.store (i32.add (local.get $to) (local.get $x)) (local.get $value))
        (v128.store (i32.add (local.get $change) (local.get $x))
          (f32x4.sub (local.get $value) (v128.load (i32.add (local.get $before) (local.get $x)))))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $row))))
      (local.set $to (i32.add (local.get $to) (local.get $row)))
      (local.set $before (i32.add (local.get $before) (local.get $row)))
      (local.set $change (i32.add (local.get $change) (local.get $row)))
      (br_if $nextRow
        (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))))
