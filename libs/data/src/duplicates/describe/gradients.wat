;; Directions and descriptors of keypoints, from gradients sampled around them; `directions.ts` and `descriptors.ts` say what for.
;; Translated by `npx wat2wasm gradients.wat -o gradients.wasm`; a test holds that gradients.wasm is this.
;; $data, $valid and other addresses are in bytes, places in pixels. Samples come in fours, whose places from the middle stand in $u
;; and $v; a sample outside of the plane counts for nothing.
(module
  (import "thaw" "memory" (memory 0))

  ;; Four pixels' index in the plane, counted from the first, -1 for those outside or on its edge.
  (func $pixels (param $x v128) (param $y v128) (param $width i32) (param $height i32) (result v128)
    (local $column v128) (local $row v128) (local $one v128)
    (local.set $column (i32x4.trunc_sat_f32x4_s (local.get $x)))
    (local.set $row (i32x4.trunc_sat_f32x4_s (local.get $y)))
    (local.set $one (i32x4.splat (i32.const 1)))
    (v128.bitselect
      (i32x4.add (i32x4.mul (local.get $row) (i32x4.splat (local.get $width))) (local.get $column))
      (i32x4.splat (i32.const -1))
      (v128.and
        (v128.and
          (i32x4.ge_s (local.get $column) (local.get $one))
          (i32x4.ge_s (local.get $row) (local.get $one)))
        (v128.and
          (i32x4.lt_s (local.get $column) (i32x4.splat (i32.sub (local.get $width) (i32.const 1))))
          (i32x4.lt_s (local.get $row) (i32x4.splat (i32.sub (local.get $height) (i32.const 1))))))))

  ;; The values of four pixels, counted from $from.
  (func $values (param $from i32) (param $pixels v128) (result v128)
    (local.set $pixels (i32x4.add (i32x4.splat (local.get $from)) (i32x4.shl (local.get $pixels) (i32.const 2))))
    (v128.load32_lane 3 (i32x4.extract_lane 3 (local.get $pixels))
      (v128.load32_lane 2 (i32x4.extract_lane 2 (local.get $pixels))
        (v128.load32_lane 1 (i32x4.extract_lane 1 (local.get $pixels))
          (v128.load32_zero (i32x4.extract_lane 0 (local.get $pixels)))))))

  ;; What lies $apart bytes behind four pixels less what lies as far before them; 0 for pixel -1.
  (func $differences (param $data i32) (param $pixels v128) (param $first v128) (param $apart i32) (result v128)
    (local $inside v128)
    (local.set $inside (i32x4.ge_s (local.get $pixels) (v128.const i32x4 0 0 0 0)))
    (local.set $pixels (i32x4.max_s (local.get $pixels) (local.get $first)))
    (v128.and (local.get $inside)
      (f32x4.sub
        (call $values (i32.add (local.get $data) (local.get $apart)) (local.get $pixels))
        (call $values (i32.sub (local.get $data) (local.get $apart)) (local.get $pixels)))))

  ;; One step of a polynomial's evaluation by Horner's rule.
  (func $horner (param $sum v128) (param $x v128) (param $coefficient f32) (result v128)
    (f32x4.add (f32x4.mul (local.get $sum) (local.get $x)) (f32x4.splat (local.get $coefficient))))

  ;; The angle of (x, y), -pi to pi: the arcus tangent's polynomial 4.4.49 of Abramowitz and Stegun 1964 (error 2e-8) on 0 to 1.
  (func $angle (param $x v128) (param $y v128) (result v128)
    (local $a v128) (local $b v128) (local $ratio v128) (local $square v128) (local $angle v128)
    (local.set $a (f32x4.abs (local.get $x)))
    (local.set $b (f32x4.abs (local.get $y)))
    (local.set $ratio
      (f32x4.div
        (f32x4.pmin (local.get $a) (local.get $b))
        (f32x4.pmax (f32x4.pmax (local.get $a) (local.get $b)) (f32x4.splat (f32.const 1e-30)))))
    (local.set $square (f32x4.mul (local.get $ratio) (local.get $ratio)))
    (local.set $angle (f32x4.splat (f32.const 0.0028662257)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const -0.0161657367)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const 0.0429096138)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const -0.0752896400)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const 0.1065626393)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const -0.1420889944)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const 0.1999355085)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const -0.3333314528)))
    (local.set $angle (call $horner (local.get $angle) (local.get $square) (f32.const 1)))
    (local.set $angle (f32x4.mul (local.get $angle) (local.get $ratio)))
    (local.set $angle
      (v128.bitselect
        (f32x4.sub (f32x4.splat (f32.const 1.5707963268)) (local.get $angle))
        (local.get $angle)
        (f32x4.gt (local.get $b) (local.get $a))))
    (local.set $angle
      (v128.bitselect
        (f32x4.sub (f32x4.splat (f32.const 3.1415926536)) (local.get $angle))
        (local.get $angle)
        (f32x4.lt (local.get $x) (f32x4.splat (f32.const 0)))))
    (v128.bitselect
      (f32x4.neg (local.get $angle))
      (local.get $angle)
      (f32x4.lt (local.get $y) (f32x4.splat (f32.const 0)))))

  ;; Adds the length of one gradient to the two bins between which it points.
  (func $vote (param $histogram i32) (param $bin f32) (param $length f32)
    (local $lower f32) (local $at i32) (local $upper f32)
    (local.set $lower (f32.floor (local.get $bin)))
    (local.set $at
      (i32.add (local.get $histogram)
        (i32.shl (i32.trunc_sat_f32_s (local.get $lower)) (i32.const 2))))
    (local.set $upper (f32.mul (local.get $length) (f32.sub (local.get $bin) (local.get $lower))))
    (f32.store (local.get $at)
      (f32.add (f32.load (local.get $at)) (f32.sub (local.get $length) (local.get $upper))))
    (f32.store offset=4 (local.get $at) (f32.add (f32.load offset=4 (local.get $at)) (local.get $upper))))

  ;; Adds the gradients of $bytes / 4 samples to a histogram of their directions. Bin 0 points against the x axis, and as many bins as
  ;; $scale (bins a radian) makes of a turn lead back to it: the last one is to be added to the first.
  (func (export "addDirections")
    (param $data i32) (param $width i32) (param $height i32) (param $x f32) (param $y f32) (param $radius f32)
    (param $u i32) (param $v i32) (param $weights i32) (param $bytes i32) (param $scale f32) (param $histogram i32)
    (local $at i32) (local $pixels v128) (local $gx v128) (local $gy v128) (local $bins v128) (local $lengths v128)
    (local $first v128)
    ;; The first pixel that is not on the edge; it stands in for those outside.
    (local.set $first (i32x4.splat (i32.add (local.get $width) (i32.const 1))))
    (loop $next
      (local.set $pixels
        (call $pixels
          (f32x4.add (f32x4.splat (local.get $x))
            (f32x4.mul (f32x4.splat (local.get $radius)) (v128.load (i32.add (local.get $u) (local.get $at)))))
          (f32x4.add (f32x4.splat (local.get $y))
            (f32x4.mul (f32x4.splat (local.get $radius)) (v128.load (i32.add (local.get $v) (local.get $at)))))
          (local.get $width) (local.get $height)))
      (local.set $gx (call $differences (local.get $data) (local.get $pixels) (local.get $first) (i32.const 4)))
      (local.set $gy
        (call $differences (local.get $data) (local.get $pixels) (local.get $first) (i32.shl (local.get $width) (i32.const 2))))
      (local.set $lengths
        (f32x4.mul
          (v128.load (i32.add (local.get $weights) (local.get $at)))
          (f32x4.sqrt
            (f32x4.add
              (f32x4.mul (local.get $gx) (local.get $gx))
              (f32x4.mul (local.get $gy) (local.get $gy))))))
      (local.set $bins
        (f32x4.mul (f32x4.splat (local.get $scale))
          (f32x4.pmax
            (f32x4.splat (f32.const 0))
            (f32x4.add (f32x4.splat (f32.const 3.1415926536)) (call $angle (local.get $gx) (local.get $gy))))))
      (call $vote (local.get $histogram)
        (f32x4.extract_lane 0 (local.get $bins)) (f32x4.extract_lane 0 (local.get $lengths)))
      (call $vote (local.get $histogram)
        (f32x4.extract_lane 1 (local.get $bins)) (f32x4.extract_lane 1 (local.get $lengths)))
      (call $vote (local.get $histogram)
        (f32x4.extract_lane 2 (local.get $bins)) (f32x4.extract_lane 2 (local.get $lengths)))
      (call $vote (local.get $histogram)
        (f32x4.extract_lane 3 (local.get $bins)) (f32x4.extract_lane 3 (local.get $lengths)))
      (br_if $next
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))

  ;; -1 for each of four pixels that is not valid.
  (func $invalid (param $valid i32) (param $pixels v128) (result v128)
    (local.set $pixels
      (i32x4.add (i32x4.splat (local.get $valid)) (i32x4.max_s (local.get $pixels) (v128.const i32x4 0 0 0 0))))
    (i32x4.eq
      (v128.const i32x4 0 0 0 0)
      (v128.load8_lane 12 (i32x4.extract_lane 3 (local.get $pixels))
        (v128.load8_lane 8 (i32x4.extract_lane 2 (local.get $pixels))
          (v128.load8_lane 4 (i32x4.extract_lane 1 (local.get $pixels))
            (v128.load8_lane 0 (i32x4.extract_lane 0 (local.get $pixels)) (v128.const i32x4 0 0 0 0)))))))

  ;; Writes what is above zero of the first and third value, and what is below of the second and fourth.
  (func $storeSides (param $to i32) (param $values v128)
    (v128.store (local.get $to)
      (f32x4.pmax
        (v128.const f32x4 0 0 0 0)
        (f32x4.mul (local.get $values) (v128.const f32x4 1 -1 1 -1)))))

  ;; Writes the gradients of $bytes / 4 valid samples in a window turned by ($cos, $sin), whose samples are $step apart: of each what is
  ;; above and below zero along the window's first axis, then along its second one.
  (func (export "turnedGradients")
    (param $data i32) (param $valid i32) (param $width i32) (param $height i32)
    (param $x f32) (param $y f32) (param $step f32) (param $cos f32) (param $sin f32)
    (param $u i32) (param $v i32) (param $bytes i32) (param $to i32)
    (local $at i32) (local $pixels v128) (local $first v128) (local $gx v128) (local $gy v128)
    (local $right v128) (local $down v128) (local $along v128) (local $across v128)
    (local.set $right (f32x4.splat (f32.mul (local.get $step) (local.get $cos))))
    (local.set $down (f32x4.splat (f32.mul (local.get $step) (local.get $sin))))
    (local.set $first (i32x4.splat (i32.add (local.get $width) (i32.const 1))))
    (loop $next
      (local.set $gx (v128.load (i32.add (local.get $u) (local.get $at))))
      (local.set $gy (v128.load (i32.add (local.get $v) (local.get $at))))
      (local.set $pixels
        (call $pixels
          (f32x4.add (f32x4.splat (local.get $x))
            (f32x4.sub
              (f32x4.mul (local.get $gx) (local.get $right))
              (f32x4.mul (local.get $gy) (local.get $down))))
          (f32x4.add (f32x4.splat (local.get $y))
            (f32x4.add
              (f32x4.mul (local.get $gx) (local.get $down))
              (f32x4.mul (local.get $gy) (local.get $right))))
          (local.get $width) (local.get $height)))
      (local.set $pixels (v128.or (local.get $pixels) (call $invalid (local.get $valid) (local.get $pixels))))
      (local.set $gx (call $differences (local.get $data) (local.get $pixels) (local.get $first) (i32.const 4)))
      (local.set $gy
        (call $differences (local.get $data) (local.get $pixels) (local.get $first) (i32.shl (local.get $width) (i32.const 2))))
      (local.set $along
        (f32x4.add
          (f32x4.mul (local.get $gx) (f32x4.splat (local.get $cos)))
          (f32x4.mul (local.get $gy) (f32x4.splat (local.get $sin)))))
      (local.set $across
        (f32x4.sub
          (f32x4.mul (local.get $gy) (f32x4.splat (local.get $cos)))
          (f32x4.mul (local.get $gx) (f32x4.splat (local.get $sin)))))
      (call $storeSides (local.get $to)
        (i8x16.shuffle 0 1 2 3 0 1 2 3 16 17 18 19 16 17 18 19 (local.get $along) (local.get $across)))
      (call $storeSides (i32.add (local.get $to) (i32.const 16))
        (i8x16.shuffle 4 5 6 7 4 5 6 7 20 21 22 23 20 21 22 23 (local.get $along) (local.get $across)))
      (call $storeSides (i32.add (local.get $to) (i32.const 32))
        (i8x16.shuffle 8 9 10 11 8 9 10 11 24 25 26 27 24 25 26 27 (local.get $along) (local.get $across)))
      (call $storeSides (i32.add (local.get $to) (i32.const 48))
        (i8x16.shuffle 12 13 14 15 12 13 14 15 28 29 30 31 28 29 30 31 (local.get $along) (local.get $across)))
      (local.set $to (i32.add (local.get $to) (i32.const 64)))
      (br_if $next
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $bytes)))))

  ;; Adds up each cell's gradients: $samples of them, which stand $offsets bytes from the first and count by $shares.
  (func (export "sumCells")
    (param $gradients i32) (param $offsets i32) (param $shares i32) (param $samples i32) (param $cells i32) (param $sums i32)
    (local $sum v128) (local $sample i32)
    (loop $nextCell
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (local.set $sample (local.get $samples))
      (loop $next
        (local.set $sum
          (f32x4.add (local.get $sum)
            (f32x4.mul
              (v128.load32_splat (local.get $shares))
              (v128.load (i32.add (local.get $gradients) (i32.load (local.get $offsets)))))))
        (local.set $shares (i32.add (local.get $shares) (i32.const 4)))
        (local.set $offsets (i32.add (local.get $offsets) (i32.const 4)))
        (br_if $next (local.tee $sample (i32.sub (local.get $sample) (i32.const 1)))))
      (v128.store (local.get $sums) (local.get $sum))
      (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
      (br_if $nextCell (local.tee $cells (i32.sub (local.get $cells) (i32.const 1))))))

  ;; Brings the values from $at to $end to the length of 1, then cuts them off at $most.
  (func $normalise (param $at i32) (param $end i32) (param $most f64)
    (local $next i32) (local $value f64) (local $squares f64)
    (local.set $next (local.get $at))
    (local.set $squares (f64.const 1e-9))
    (loop $add
      (local.set $value (f64.promote_f32 (f32.load (local.get $next))))
      (local.set $squares (f64.add (local.get $squares) (f64.mul (local.get $value) (local.get $value))))
      (br_if $add
        (i32.lt_u (local.tee $next (i32.add (local.get $next) (i32.const 4))) (local.get $end))))
    (local.set $squares (f64.div (f64.const 1) (f64.sqrt (local.get $squares))))
    (loop $scale
      (f32.store (local.get $at)
        (f32.demote_f64
          (f64.min (local.get $most)
            (f64.mul (f64.promote_f32 (f32.load (local.get $at))) (local.get $squares)))))
      (br_if $scale
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end)))))

  ;; Brings $bytes / 4 sums to the length of 1 without any above $clip, and writes them as bytes, of which $one stand for 1.
  (func (export "pack") (param $sums i32) (param $bytes i32) (param $clip f64) (param $one f64) (param $to i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $sums) (local.get $bytes)))
    (call $normalise (local.get $sums) (local.get $end) (local.get $clip))
    (call $normalise (local.get $sums) (local.get $end) (f64.const inf))
    (loop $next
      (i32.store8 (local.get $to)
        (i32.trunc_sat_f64_u
          (f64.min (f64.const 255)
            (f64.add (f64.const 0.5)
              (f64.mul (f64.promote_f32 (f32.load (local.get $sums))) (local.get $one))))))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $next
        (i32.lt_u (local.tee $sums (i32.add (local.get $sums) (i32.const 4))) (local.get $end))))))
