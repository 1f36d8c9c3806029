;; Draws one plate where another shows the same place; `resampled-plate.ts` says what for.
;; Translated by `npx wat2wasm resampled-plate.wat -o resampled-plate.wasm`; a test holds that resampled-plate.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  ;; Where the 8-bit plates at $a and $b show one place under a warp, writes the value in $a to $first and that in $b, or 256 less it
  ;; where $isInverted, to $second, whose rows are $stride bytes apart; 0 where one of them shows nothing. $warp holds the six terms of x, then those of y; what
  ;; $offsetsX and $offsetsY hold for each pixel, in rows like those of $first, is added. Returns how many pixels both plates show.
  (func (export "draw")
    (param $a i32) (param $b i32) (param $width i32) (param $height i32) (param $widthB i32) (param $heightB i32)
    (param $warp i32) (param $middleX f32) (param $middleY f32) (param $scale f32) (param $isInverted i32)
    (param $offsetsX i32) (param $offsetsY i32) (param $first i32) (param $second i32) (param $stride i32) (result i32)
    (local $x i32) (local $y i32) (local $v f32) (local $u v128) (local $rowX v128) (local $rowY v128)
    (local $slopeX v128) (local $slopeY v128) (local $bendX v128) (local $bendY v128) (local $toX v128) (local $toY v128)
    (local $values v128) (local $seen v128) (local $column v128) (local $line v128) (local $from v128) (local $four v128)
    (local $upper v128) (local $lower v128) (local $shared v128) (local $lastX v128) (local $lastY v128) (local $below i32) (local $at i32)
    (if (i32.or (i32.eqz (local.get $width)) (i32.eqz (local.get $height))) (then (return (i32.const 0))))
    (local.set $bendX (v128.load32_splat offset=12 (local.get $warp)))
    (local.set $bendY (v128.load32_splat offset=36 (local.get $warp)))
    (local.set $lastX (f32x4.splat (f32.convert_i32_s (i32.sub (local.get $widthB) (i32.const 1)))))
    (local.set $lastY (f32x4.splat (f32.convert_i32_s (i32.sub (local.get $heightB) (i32.const 1)))))
    (local.set $below (i32.add (local.get $b) (local.get $widthB)))
    (loop $nextRow
      (local.set $v
        (f32.mul (f32.sub (f32.convert_i32_s (local.get $y)) (local.get $middleY)) (local.get $scale)))
      (local.set $rowX (f32x4.splat (call $atRow (local.get $warp) (local.get $v))))
      (local.set $rowY (f32x4.splat (call $atRow (i32.add (local.get $warp) (i32.const 24)) (local.get $v))))
      (local.set $slopeX (f32x4.splat (call $slope (local.get $warp) (local.get $v))))
      (local.set $slopeY (f32x4.splat (call $slope (i32.add (local.get $warp) (i32.const 24)) (local.get $v))))
      (local.set $x (i32.const 0))
      (loop $nextFour
        (v128.store (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2))) (v128.const i32x4 0 0 0 0))
        (v128.store (i32.add (local.get $second) (i32.shl (local.get $x) (i32.const 2))) (v128.const i32x4 0 0 0 0))
        (block $isOut
          (local.set $u
            (f32x4.add
              (f32x4.splat (f32.convert_i32_s (local.get $x)))
              (v128.const f32x4 0 1 2 3)))
          ;; Not behind the row's last pixel, and where the first plate shows something.
          (local.set $seen
            (f32x4.lt (local.get $u) (f32x4.splat (f32.convert_i32_s (local.get $width)))))
          (local.set $values
            (i32x4.extend_low_i16x8_u
              (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $a) (local.get $x))))))
          (local.set $seen
            (v128.and (local.get $seen) (i32x4.ne (local.get $values) (v128.const i32x4 0 0 0 0))))
          (local.set $u
            (f32x4.mul
              (f32x4.sub (local.get $u) (f32x4.splat (local.get $middleX)))
              (f32x4.splat (local.get $scale))))
          (local.set $toX
            (f32x4.add
              (f32x4.add (local.get $rowX)
                (v128.load (i32.add (local.get $offsetsX) (i32.shl (local.get $x) (i32.const 2)))))
              (f32x4.mul (local.get $u)
                (f32x4.add (local.get $slopeX) (f32x4.mul (local.get $bendX) (local.get $u))))))
          (local.set $toY
            (f32x4.add
              (f32x4.add (local.get $rowY)
                (v128.load (i32.add (local.get $offsetsY) (i32.shl (local.get $x) (i32.const 2)))))
              (f32x4.mul (local.get $u)
                (f32x4.add (local.get $slopeY) (f32x4.mul (local.get $bendY) (local.get $u))))))
          ;; Not finite numbers are out, too.
          (local.set $seen
            (v128.and (local.get $seen)
              (v128.and
                (v128.and
                  (f32x4.ge (local.get $toX) (v128.const f32x4 0 0 0 0))
                  (f32x4.lt (local.get $toX) (local.get $lastX)))
                (v128.and
                  (f32x4.ge (local.get $toY) (v128.const f32x4 0 0 0 0))
                  (f32x4.lt (local.get $toY) (local.get $lastY))))))
          (br_if $isOut (i32.eqz (v128.any_true (local.get $seen))))
          (local.set $column (i32x4.trunc_sat_f32x4_u (local.get $toX)))
          (local.set $line (i32x4.trunc_sat_f32x4_u (local.get $toY)))
          (local.set $from
            (v128.and (local.get $seen)
              (i32x4.add (local.get $column)
                (i32x4.mul (local.get $line) (i32x4.splat (local.get $widthB))))))
          ;; Left and right above, then below, of each of the four.
          (local.set $at (i32x4.extract_lane 0 (local.get $from)))
          (local.set $four
            (v128.load16_lane 1 (i32.add (local.get $below) (local.get $at))
              (v128.load16_lane 0 (i32.add (local.get $b) (local.get $at)) (local.get $four))))
          (local.set $at (i32x4.extract_lane 1 (local.get $from)))
          (local.set $four
            (v128.load16_lane 3 (i32.add (local.get $below) (local.get $at))
              (v128.load16_lane 2 (i32.add (local.get $b) (local.get $at)) (local.get $four))))
          (local.set $at (i32x4.extract_lane 2 (local.get $from)))
          (local.set $four
            (v128.load16_lane 5 (i32.add (local.get $below) (local.get $at))
              (v128.load16_lane 4 (i32.add (local.get $b) (local.get $at)) (local.get $four))))
          (local.set $at (i32x4.extract_lane 3 (local.get $from)))
          (local.set $four
            (v128.load16_lane 7 (i32.add (local.get $below) (local.get $at))
              (v128.load16_lane 6 (i32.add (local.get $b) (local.get $at)) (local.get $four))))
          ;; Out where one of the four bytes is zero.
          (local.set $seen
            (v128.andnot (local.get $seen)
              (i32x4.ne
                (i8x16.eq (local.get $four) (v128.const i32x4 0 0 0 0))
                (v128.const i32x4 0 0 0 0))))
          (local.set $toX (f32x4.sub (local.get $toX) (f32x4.convert_i32x4_u (local.get $column))))
          (local.set $toY (f32x4.sub (local.get $toY) (f32x4.convert_i32x4_u (local.get $line))))
          (local.set $upper
            (f32x4.convert_i32x4_u (v128.and (local.get $four) (v128.const i32x4 255 255 255 255))))
          (local.set $upper
            (f32x4.add (local.get $upper)
              (f32x4.mul (local.get $toX)
                (f32x4.sub
                  (f32x4.convert_i32x4_u
                    (v128.and (i32x4.shr_u (local.get $four) (i32.const 8)) (v128.const i32x4 255 255 255 255)))
                  (local.get $upper)))))
          (local.set $lower
            (f32x4.convert_i32x4_u
              (v128.and (i32x4.shr_u (local.get $four) (i32.const 16)) (v128.const i32x4 255 255 255 255))))
          (local.set $lower
            (f32x4.add (local.get $lower)
              (f32x4.mul (local.get $toX)
                (f32x4.sub
                  (f32x4.convert_i32x4_u (i32x4.shr_u (local.get $four) (i32.const 24)))
                  (local.get $lower)))))
          (local.set $upper
            (f32x4.add (local.get $upper)
              (f32x4.mul (local.get $toY) (f32x4.sub (local.get $lower) (local.get $upper)))))
          (if (local.get $isInverted)
            (then
              (local.set $upper (f32x4.sub (v128.const f32x4 256 256 256 256) (local.get $upper)))))
          (v128.store
            (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2)))
            (v128.and (local.get $seen) (f32x4.convert_i32x4_u (local.get $values))))
          (v128.store
            (i32.add (local.get $second) (i32.shl (local.get $x) (i32.const 2)))
            (v128.and (local.get $seen) (local.get $upper)))
          (local.set $shared (i32x4.sub (local.get $shared) (local.get $seen))))
        (br_if $nextFour
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 4))) (local.get $width))))
      (local.set $a (i32.add (local.get $a) (local.get $width)))
      (local.set $offsetsX (i32.add (local.get $offsetsX) (local.get $stride)))
      (local.set $offsetsY (i32.add (local.get $offsetsY) (local.get $stride)))
      (local.set $first (i32.add (local.get $first) (local.get $stride)))
      (local.set $second (i32.add (local.get $second) (local.get $stride)))
      (br_if $nextRow
        (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $shared)) (i32x4.extract_lane 1 (local.get $shared)))
      (i32.add (i32x4.extract_lane 2 (local.get $shared)) (i32x4.extract_lane 3 (local.get $shared)))))

  ;; What the terms at $terms give in the middle of the row at $v, and how much more for each step along it.
  (func $atRow (param $terms i32) (param $v f32) (result f32)
    (f32.add (f32.load (local.get $terms))
      (f32.mul (local.get $v)
        (f32.add (f32.load offset=8 (local.get $terms))
          (f32.mul (f32.load offset=20 (local.get $terms)) (local.get $v))))))
  (func $slope (param $terms i32) (param $v f32) (result f32)
    (f32.add (f32.load offset=4 (local.get $terms))
      (f32.mul (f32.load offset=16 (local.get $terms)) (local.get $v)))))
