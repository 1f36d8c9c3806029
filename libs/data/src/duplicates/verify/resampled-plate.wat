;; Draws one plate where another shows the same place; `resampled-plate.ts` says what for.
;; Translated by `npx wat2wasm resampled-plate.wat -o resampled-plate.wasm`; a test holds that resampled-plate.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  ;; Where the 8-bit plates at $a and $b show one place under a warp, writes the value in $a to $first and that in $b, or 256 less it
  ;; where $isInverted, to $second, whose rows are $stride bytes apart. $warp holds the six terms of x, then those of y. Returns how
  ;; many pixels both plates show.
  (func (export "draw")
    (param $a i32) (param $b i32) (param $width i32) (param $height i32) (param $widthB i32) (param $heightB i32)
    (param $warp i32) (param $middleX f32) (param $middleY f32) (param $scale f32) (param $isInverted i32)
    (param $first i32) (param $second i32) (param $stride i32) (result i32)
    (local $x i32) (local $y i32) (local $u f32) (local $v f32) (local $rowX f32) (local $rowY f32)
    (local $slopeX f32) (local $slopeY f32) (local $bendX f32) (local $bendY f32) (local $toX f32) (local $toY f32)
    (local $value i32) (local $column i32) (local $line i32) (local $from i32) (local $four i32)
    (local $upper f32) (local $lower f32) (local $drawn f32) (local $shared i32) (local $lastX f32) (local $lastY f32)
    (if (i32.or (i32.eqz (local.get $width)) (i32.eqz (local.get $height))) (then (return (i32.const 0))))
    (local.set $bendX (f32.load offset=12 (local.get $warp)))
    (local.set $bendY (f32.load offset=36 (local.get $warp)))
    (local.set $lastX (f32.convert_i32_s (i32.sub (local.get $widthB) (i32.const 1))))
    (local.set $lastY (f32.convert_i32_s (i32.sub (local.get $heightB) (i32.const 1))))
    (loop $nextRow
      (local.set $v
        (f32.mul (f32.sub (f32.convert_i32_s (local.get $y)) (local.get $middleY)) (local.get $scale)))
      (local.set $rowX
        (f32.add (f32.load (local.get $warp))
          (f32.mul (local.get $v)
            (f32.add (f32.load offset=8 (local.get $warp))
              (f32.mul (f32.load offset=20 (local.get $warp)) (local.get $v))))))
      (local.set $rowY
        (f32.add (f32.load offset=24 (local.get $warp))
          (f32.mul (local.get $v)
            (f32.add (f32.load offset=32 (local.get $warp))
              (f32.mul (f32.load offset=44 (local.get $warp)) (local.get $v))))))
      (local.set $slopeX
        (f32.add (f32.load offset=4 (local.get $warp))
          (f32.mul (f32.load offset=16 (local.get $warp)) (local.get $v))))
      (local.set $slopeY
        (f32.add (f32.load offset=28 (local.get $warp))
          (f32.mul (f32.load offset=40 (local.get $warp)) (local.get $v))))
      (local.set $x (i32.const 0))
      (loop $next
        (block $isOut
          (br_if $isOut
            (i32.eqz (local.tee $value (i32.load8_u (i32.add (local.get $a) (local.get $x))))))
          (local.set $u
            (f32.mul (f32.sub (f32.convert_i32_s (local.get $x)) (local.get $middleX)) (local.get $scale)))
          (local.set $toX
            (f32.add (local.get $rowX)
              (f32.mul (local.get $u)
                (f32.add (local.get $slopeX) (f32.mul (local.get $bendX) (local.get $u))))))
          (local.set $toY
            (f32.add (local.get $rowY)
              (f32.mul (local.get $u)
                (f32.add (local.get $slopeY) (f32.mul (local.get $bendY) (local.get $u))))))
          ;; Not finite numbers are out, too.
          (br_if $isOut
            (i32.eqz
              (i32.and
                (i32.and
                  (f32.ge (local.get $toX) (f32.const 0))
                  (f32.lt (local.get $toX) (local.get $lastX)))
                (i32.and
                  (f32.ge (local.get $toY) (f32.const 0))
                  (f32.lt (local.get $toY) (local.get $lastY))))))
          (local.set $column (i32.trunc_sat_f32_u (local.get $toX)))
          (local.set $line (i32.trunc_sat_f32_u (local.get $toY)))
          (local.set $from
            (i32.add (i32.add (local.get $b) (local.get $column)) (i32.mul (local.get $line) (local.get $widthB))))
          ;; Left and right above, then below.
          (local.set $four
            (i32.or
              (i32.load16_u (local.get $from))
              (i32.shl (i32.load16_u (i32.add (local.get $from) (local.get $widthB))) (i32.const 16))))
          ;; One of the four bytes is zero.
          (br_if $isOut
            (i32.and
              (i32.and
                (i32.sub (local.get $four) (i32.const 0x01010101))
                (i32.xor (local.get $four) (i32.const -1)))
              (i32.const 0x80808080)))
          (local.set $toX (f32.sub (local.get $toX) (f32.convert_i32_s (local.get $column))))
          (local.set $toY (f32.sub (local.get $toY) (f32.convert_i32_s (local.get $line))))
          (local.set $upper (f32.convert_i32_u (i32.and (local.get $four) (i32.const 255))))
          (local.set $upper
            (f32.add (local.get $upper)
              (f32.mul (local.get $toX)
                (f32.sub
                  (f32.convert_i32_u (i32.and (i32.shr_u (local.get $four) (i32.const 8)) (i32.const 255)))
                  (local.get $upper)))))
          (local.set $lower
            (f32.convert_i32_u (i32.and (i32.shr_u (local.get $four) (i32.const 16)) (i32.const 255))))
          (local.set $lower
            (f32.add (local.get $lower)
              (f32.mul (local.get $toX)
                (f32.sub
                  (f32.convert_i32_u (i32.shr_u (local.get $four) (i32.const 24)))
                  (local.get $lower)))))
          (local.set $drawn
            (f32.add (local.get $upper)
              (f32.mul (local.get $toY) (f32.sub (local.get $lower) (local.get $upper)))))
          (if (local.get $isInverted)
            (then (local.set $drawn (f32.sub (f32.const 256) (local.get $drawn)))))
          (f32.store
            (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2)))
            (f32.convert_i32_u (local.get $value)))
          (f32.store
            (i32.add (local.get $second) (i32.shl (local.get $x) (i32.const 2)))
            (local.get $drawn))
          (local.set $shared (i32.add (local.get $shared) (i32.const 1))))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 1))) (local.get $width))))
      (local.set $a (i32.add (local.get $a) (local.get $width)))
      (local.set $first (i32.add (local.get $first) (local.get $stride)))
      (local.set $second (i32.add (local.get $second) (local.get $stride)))
      (br_if $nextRow
        (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 1))) (local.get $height))))
    (local.get $shared)))
