;; The inner loops of `resize-filtered.ts` and `resize-nearest.ts`, which say what they compute. A test holds that resample-wasm.ts is this.
;; Sums are of 32-bit integers in fixed point, four at a time; they are brought back to bytes by an arithmetic shift and cut off at 0 and 255.
;; Whole vectors are read and written: up to 15 bytes behind the last one are nobody's.
(module
  (memory (export "memory") 1)

  ;; Makes rows of pixels shorter or longer. `first` holds for each pixel of the result the byte of the row where its sum begins,
  ;; `weights` its `taps` weights; both are 32-bit integers.
  (func (export "alongRows")
    (param $source i32) (param $target i32) (param $rows i32) (param $stride i32) (param $pixels i32) (param $taps i32)
    (param $first i32) (param $weights i32)
    (local $x i32) (local $tap i32) (local $at i32) (local $weight i32) (local $sum v128)
    (loop $row
      (local.set $x (i32.const 0))
      (local.set $weight (local.get $weights))
      (loop $pixel
        (local.set $at
          (i32.add (local.get $source)
            (i32.load (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2))))))
        (local.set $sum (i32x4.splat (i32.const 2097152)))
        (local.set $tap (local.get $taps))
        (loop $next
          (local.set $sum
            (i32x4.add (local.get $sum)
              (i32x4.mul
                (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $at))))
                (v128.load32_splat (local.get $weight)))))
          (local.set $at (i32.add (local.get $at) (i32.const 3)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $next (local.tee $tap (i32.sub (local.get $tap) (i32.const 1)))))
        (local.set $sum (i32x4.shr_s (local.get $sum) (i32.const 22)))
        (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
        (v128.store32_lane 0 (local.get $target) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
        (local.set $target (i32.add (local.get $target) (i32.const 3)))
        (br_if $pixel
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $pixels))))
      (local.set $source (i32.add (local.get $source) (local.get $stride)))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Takes for each pixel of the result the one that begins at the byte `first` of the row; `starts` holds for each row of the result
  ;; the address of the row that it is taken from.
  (func (export "pick")
    (param $starts i32) (param $target i32) (param $rows i32) (param $pixels i32) (param $first i32)
    (local $source i32) (local $at i32) (local $end i32)
    (local.set $end (i32.add (local.get $first) (i32.shl (local.get $pixels) (i32.const 2))))
    (loop $row
      (local.set $source (i32.load (local.get $starts)))
      (local.set $at (local.get $first))
      (loop $pixel
        (i32.store (local.get $target)
          (i32.load (i32.add (local.get $source) (i32.load (local.get $at)))))
        (local.set $target (i32.add (local.get $target) (i32.const 3)))
        (br_if $pixel
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Makes each row of the result out of `taps` rows of `bytes` bytes that stand one behind the other; `starts` holds the address of
  ;; the first of them.
  (func (export "acrossRows")
    (param $starts i32) (param $target i32) (param $rows i32) (param $bytes i32) (param $taps i32) (param $weights i32)
    (local $source i32) (local $at i32) (local $from i32) (local $tap i32) (local $weight i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $factor v128) (local $values v128) (local $half v128)
    (loop $result
    (local.set $source (i32.load (local.get $starts)))
    (local.set $at (i32.const 0))
    (loop $next
      (local.set $a (i32x4.splat (i32.const 2097152)))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (local.set $tap (local.get $taps))
      (local.set $weight (local.get $weights))
      (local.set $from (i32.add (local.get $source) (local.get $at)))
      (loop $row
        (local.set $factor (v128.load32_splat (local.get $weight)))
        (local.set $values (v128.load (local.get $from)))
        (local.set $half (i16x8.extend_low_i8x16_u (local.get $values)))
        (local.set $a (i32x4.add (local.get $a)
          (i32x4.mul (i32x4.extend_low_i16x8_u (local.get $half)) (local.get $factor))))
        (local.set $b (i32x4.add (local.get $b)
          (i32x4.mul (i32x4.extend_high_i16x8_u (local.get $half)) (local.get $factor))))
        (local.set $half (i16x8.extend_high_i8x16_u (local.get $values)))
        (local.set $c (i32x4.add (local.get $c)
          (i32x4.mul (i32x4.extend_low_i16x8_u (local.get $half)) (local.get $factor))))
        (local.set $d (i32x4.add (local.get $d)
          (i32x4.mul (i32x4.extend_high_i16x8_u (local.get $half)) (local.get $factor))))
        (local.set $from (i32.add (local.get $from) (local.get $bytes)))
        (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
        (br_if $row (local.tee $tap (i32.sub (local.get $tap) (i32.const 1)))))
      (v128.store (i32.add (local.get $target) (local.get $at))
        (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $a) (i32.const 22)) (i32x4.shr_s (local.get $b) (i32.const 22)))
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $c) (i32.const 22)) (i32x4.shr_s (local.get $d) (i32.const 22)))))
      (br_if $next
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes))))
    (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
    (local.set $target (i32.add (local.get $target) (local.get $bytes)))
    (local.set $weights (i32.add (local.get $weights) (i32.shl (local.get $taps) (i32.const 2))))
    (br_if $result (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))))
