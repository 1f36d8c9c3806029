;; What tells the parts of a picture that show nothing of a photograph, 16 bytes at a time; `masks.ts` says what the parameters are.
;; Translated by `npx wat2wasm masks.wat -o masks.wasm`; a test holds that masks.wasm is this.
;; Addresses are in bytes, sizes in pixels. Pixels have three bytes, a mask has one byte (1 or 0) for each.
(module
  (import "thaw" "memory" (memory 0))

  ;; By how much 16 bytes differ from 16 others.
  (func $apart (param $a v128) (param $b v128) (result v128)
    (i8x16.sub
      (i8x16.max_u (local.get $a) (local.get $b))
      (i8x16.min_u (local.get $a) (local.get $b))))

  ;; -1 for each of the 16 bytes at $at that differ by $flatness at most from the same channel of the pixels to the left and above.
  (func $isFlat (param $at i32) (param $row i32) (param $flatness i32) (result v128)
    (local $here v128)
    (local.set $here (v128.load (local.get $at)))
    (i8x16.le_u
      (i8x16.max_u
        (call $apart (local.get $here) (v128.load (i32.sub (local.get $at) (i32.const 3))))
        (call $apart (local.get $here) (v128.load (i32.sub (local.get $at) (local.get $row)))))
      (i8x16.splat (local.get $flatness))))

  ;; What is in all three bytes of each of 16 pixels.
  (func $inAllChannels (param $first v128) (param $second v128) (param $third v128) (result v128)
    (v128.and
      (v128.and
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 17 20 23 26 29
          (i8x16.shuffle 0 3 6 9 12 15 18 21 24 27 30 0 0 0 0 0 (local.get $first) (local.get $second))
          (local.get $third))
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 18 21 24 27 30
          (i8x16.shuffle 1 4 7 10 13 16 19 22 25 28 31 0 0 0 0 0 (local.get $first) (local.get $second))
          (local.get $third)))
      (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 16 19 22 25 28 31
        (i8x16.shuffle 2 5 8 11 14 17 20 23 26 29 0 0 0 0 0 0 (local.get $first) (local.get $second))
        (local.get $third))))

  ;; Writes 1 to $to for each valid pixel that is as those to its left and above, give or take $flatness in each channel. What is
  ;; written behind the end of a row is written over by the next row.
  (func (export "flat")
    (param $pixels i32) (param $valid i32) (param $width i32) (param $height i32) (param $flatness i32) (param $to i32)
    (local $x i32) (local $at i32) (local $row i32)
    (local.set $row (i32.mul (local.get $width) (i32.const 3)))
    (memory.fill (local.get $to) (i32.const 0) (i32.mul (local.get $width) (local.get $height)))
    (loop $nextRow
      (if (i32.lt_s (local.tee $height (i32.sub (local.get $height) (i32.const 1))) (i32.const 1)) (then (return)))
      (local.set $pixels (i32.add (local.get $pixels) (local.get $row)))
      (local.set $valid (i32.add (local.get $valid) (local.get $width)))
      (local.set $to (i32.add (local.get $to) (local.get $width)))
      (local.set $x (i32.const 0))
      (local.set $at (local.get $pixels))
      (loop $next
        (v128.store (i32.add (local.get $to) (local.get $x))
          (v128.and
            (v128.load (i32.add (local.get $valid) (local.get $x)))
            (call $inAllChannels
              (call $isFlat (local.get $at) (local.get $row) (local.get $flatness))
              (call $isFlat (i32.add (local.get $at) (i32.const 16)) (local.get $row) (local.get $flatness))
              (call $isFlat (i32.add (local.get $at) (i32.const 32)) (local.get $row) (local.get $flatness)))))
        (local.set $at (i32.add (local.get $at) (i32.const 48)))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $width))))
      (i32.store8 (local.get $to) (i32.const 0))
      (br $nextRow)))

  ;; Adds the differences between the first 12 of the 16 bytes at two addresses, by pairs, to $sums.
  (func $addApart (param $sums v128) (param $a i32) (param $b i32) (result v128)
    (i16x8.add (local.get $sums)
      (i16x8.extadd_pairwise_i8x16_u
        (v128.and
          (v128.const i32x4 -1 -1 -1 0)
          (call $apart (v128.load (local.get $a)) (v128.load (local.get $b)))))))

  ;; Whether the values of the square of four by four pixels at $at differ from those $places bytes on by $least or more in all.
  (func $isApart (param $at i32) (param $row i32) (param $places i32) (param $least i32) (result i32)
    (local $sums v128) (local $y i32)
    (loop $nextRow
      (local.set $sums
        (call $addApart (local.get $sums) (local.get $at) (i32.add (local.get $at) (local.get $places))))
      (local.set $at (i32.add (local.get $at) (local.get $row)))
      (br_if $nextRow (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 1))) (i32.const 4))))
    (local.set $sums (i32x4.extadd_pairwise_i16x8_u (local.get $sums)))
    (i32.ge_u
      (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
        (i32x4.extract_lane 2 (local.get $sums)))
      (local.get $least)))

  ;; Writes 1 to $to for each square of four by four pixels, $columns times $rows of them, whose values differ from those two pixels on by
  ;; $least or more in all, along rows and along columns; otherwise 0. Returns how many do.
  (func (export "noise")
    (param $pixels i32) (param $width i32) (param $columns i32) (param $rows i32) (param $least i32) (param $to i32) (result i32)
    (local $column i32) (local $at i32) (local $row i32) (local $isNoise i32) (local $count i32)
    (local.set $row (i32.mul (local.get $width) (i32.const 3)))
    (loop $nextRow
      (local.set $at (local.get $pixels))
      (local.set $column (i32.const 0))
      (loop $next
        (local.set $isNoise (i32.const 0))
        (if (call $isApart (local.get $at) (local.get $row) (i32.const 6) (local.get $least))
          (then
            (local.set $isNoise
              (call $isApart (local.get $at) (local.get $row)
                (i32.shl (local.get $row) (i32.const 1)) (local.get $least)))))
        (local.set $count (i32.add (local.get $count) (local.get $isNoise)))
        (i32.store8 (local.get $to) (local.get $isNoise))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 12)))
        (br_if $next
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $columns))))
      (local.set $pixels (i32.add (local.get $pixels) (i32.shl (local.get $row) (i32.const 2))))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))
    (local.get $count))

  ;; Writes to $to the value of each pixel of a plane of bytes that differs by $most at most from those beside it, as all these do from
  ;; each other, none of them being zero; otherwise 0, as in the outermost rows and columns. The plane has three rows and columns or more.
  (func (export "calm") (param $plane i32) (param $width i32) (param $height i32) (param $most i32) (param $to i32)
    (local $x i32) (local $at i32) (local $here v128) (local $left v128) (local $right v128) (local $above v128)
    (local $below v128)
    (memory.fill (local.get $to) (i32.const 0) (local.get $width))
    (local.set $height (i32.sub (local.get $height) (i32.const 2)))
    (loop $nextRow
      (local.set $plane (i32.add (local.get $plane) (local.get $width)))
      (local.set $to (i32.add (local.get $to) (local.get $width)))
      (local.set $x (i32.const 0))
      (loop $next
        (local.set $at (i32.add (local.get $plane) (local.get $x)))
        (local.set $here (v128.load (local.get $at)))
        (local.set $left (v128.load (i32.sub (local.get $at) (i32.const 1))))
        (local.set $right (v128.load (i32.add (local.get $at) (i32.const 1))))
        (local.set $above (v128.load (i32.sub (local.get $at) (local.get $width))))
        (local.set $below (v128.load (i32.add (local.get $at) (local.get $width))))
        (v128.store (i32.add (local.get $to) (local.get $x))
          (call $ifCalm (local.get $here)
            (i8x16.min_u
              (i8x16.min_u (local.get $left) (local.get $right))
              (i8x16.min_u (local.get $above) (local.get $below)))
            (i8x16.max_u
              (i8x16.max_u (local.get $left) (local.get $right))
              (i8x16.max_u (local.get $above) (local.get $below)))
            (local.get $most)))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $width))))
      (i32.store8 (local.get $to) (i32.const 0))
      (i32.store8 (i32.sub (i32.add (local.get $to) (local.get $width)) (i32.const 1)) (i32.const 0))
      (br_if $nextRow (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))
    (memory.fill (i32.add (local.get $to) (local.get $width)) (i32.const 0) (local.get $width)))

  ;; Each of 16 values where none of it, the least and the most beside it is zero and they lie within $most; otherwise 0.
  (func $ifCalm (param $here v128) (param $least v128) (param $greatest v128) (param $most i32) (result v128)
    (local.set $least (i8x16.min_u (local.get $least) (local.get $here)))
    (v128.and
      (v128.and (local.get $here) (i8x16.ne (local.get $least) (v128.const i32x4 0 0 0 0)))
      (i8x16.le_u
        (i8x16.sub (i8x16.max_u (local.get $greatest) (local.get $here)) (local.get $least))
        (i8x16.splat (local.get $most)))))

  ;; How many pixels of a mask of $bytes pixels are set. Clears the 16 bytes behind it.
  (func (export "count") (param $mask i32) (param $bytes i32) (result i32)
    (local $end i32) (local $sums v128)
    (local.set $end (i32.add (local.get $mask) (local.get $bytes)))
    (v128.store (local.get $end) (v128.const i32x4 0 0 0 0))
    (loop $next
      (local.set $sums
        (i32x4.add (local.get $sums)
          (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (v128.load (local.get $mask))))))
      (br_if $next
        (i32.lt_u (local.tee $mask (i32.add (local.get $mask) (i32.const 16))) (local.get $end))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))

  ;; Writes to $to where each run of pixels of one row starts and where it ends, four bytes each, counted from the mask's first pixel.
  ;; Returns the number of runs.
  (func (export "runs") (param $mask i32) (param $width i32) (param $height i32) (param $to i32) (result i32)
    (local $x i32) (local $first i32) (local $bits i32) (local $changes i32) (local $before i32) (local $start i32)
    (local.set $start (local.get $to))
    (loop $nextRow
      (local.set $x (i32.const 0))
      (local.set $before (i32.const 0))
      (loop $next
        (local.set $bits
          (i8x16.bitmask
            (i8x16.ne
              (v128.load (i32.add (local.get $mask) (i32.add (local.get $first) (local.get $x))))
              (v128.const i32x4 0 0 0 0))))
        (if (i32.lt_u (i32.sub (local.get $width) (local.get $x)) (i32.const 16))
          (then
            (local.set $bits
              (i32.and (local.get $bits)
                (i32.sub
                  (i32.shl (i32.const 1) (i32.sub (local.get $width) (local.get $x)))
                  (i32.const 1))))))
        (local.set $changes
          (i32.and (i32.const 0xffff)
            (i32.xor (local.get $bits)
              (i32.or (i32.shl (local.get $bits) (i32.const 1)) (local.get $before)))))
        (local.set $before (i32.shr_u (local.get $bits) (i32.const 15)))
        (block $none
          (loop $nextChange
            (br_if $none (i32.eqz (local.get $changes)))
            (i32.store (local.get $to)
              (i32.add
                (i32.add (local.get $first) (local.get $x))
                (i32.ctz (local.get $changes))))
            (local.set $to (i32.add (local.get $to) (i32.const 4)))
            (local.set $changes
              (i32.and (local.get $changes) (i32.sub (local.get $changes) (i32.const 1))))
            (br $nextChange)))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $width))))
      (local.set $first (i32.add (local.get $first) (local.get $width)))
      (if (local.get $before)
        (then
          (i32.store (local.get $to) (local.get $first))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))))
      (br_if $nextRow (local.tee $height (i32.sub (local.get $height) (i32.const 1)))))
    (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 3))))
