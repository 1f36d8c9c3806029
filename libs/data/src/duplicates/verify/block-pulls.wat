;; What moves one drawn plate onto another, block by block; `block-pulls.ts` says what for.
;; Translated by `npx wat2wasm block-pulls.wat -o block-pulls.wasm`; a test holds that block-pulls.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  (func $sum (param $v v128) (result f32)
    (local.set $v
      (f32x4.add (local.get $v) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v))))

  ;; Of the block of 8 x 8 pixels at $first and $second, of planes whose rows are $stride bytes apart, 0 where one of the two shows
  ;; nothing: writes to $sums the sums of the squares of the gradient right and down, of their product, and of their products with
  ;; what $first, brought to the brightness and contrast of $second, is brighter, in this order: right squared, right by down,
  ;; down squared, right by error, down by error. Returns the weight they have: 0 where there are less than $pixels pixels,
  ;; one of the variances is less than $variance, or the correlation is less than $correlation, and nothing is written.
  (func (export "blockSums")
    (param $first i32) (param $second i32) (param $stride i32) (param $pixels f32) (param $variance f32)
    (param $correlation f32) (param $noise f32) (param $sums i32) (result f32)
    (local $at i32) (local $end i32) (local $toSecond i32) (local $a v128) (local $b v128) (local $right v128) (local $down v128)
    (local $error v128) (local $seen v128) (local $counts v128) (local $sumsA v128) (local $sumsB v128) (local $squaresA v128)
    (local $squaresB v128) (local $products v128) (local $half i32)
    (local $count f32) (local $meanA f32) (local $meanB f32) (local $varianceA f32) (local $varianceB f32) (local $covariance f32)
    (local $gain v128) (local $offset v128) (local $r f32)
    (local.set $toSecond (i32.sub (local.get $second) (local.get $first)))
    (local.set $end (i32.add (local.get $first) (i32.shl (local.get $stride) (i32.const 3))))
    (local.set $at (local.get $first))
    (loop $nextRow
      (local.set $half (i32.const 0))
      (loop $nextHalf
        (local.set $a (v128.load (i32.add (local.get $at) (local.get $half))))
        (local.set $b
          (v128.load (i32.add (i32.add (local.get $at) (local.get $half)) (local.get $toSecond))))
        (local.set $counts
          (i32x4.sub (local.get $counts) (f32x4.gt (local.get $b) (v128.const f32x4 0 0 0 0))))
        (local.set $sumsA (f32x4.add (local.get $sumsA) (local.get $a)))
        (local.set $sumsB (f32x4.add (local.get $sumsB) (local.get $b)))
        (local.set $squaresA
          (f32x4.add (local.get $squaresA) (f32x4.mul (local.get $a) (local.get $a))))
        (local.set $squaresB
          (f32x4.add (local.get $squaresB) (f32x4.mul (local.get $b) (local.get $b))))
        (local.set $products
          (f32x4.add (local.get $products) (f32x4.mul (local.get $a) (local.get $b))))
        (br_if $nextHalf
          (i32.le_u (local.tee $half (i32.add (local.get $half) (i32.const 16))) (i32.const 16))))
      (br_if $nextRow
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $stride))) (local.get $end))))
    (local.set $count (call $sum (f32x4.convert_i32x4_s (local.get $counts))))
    (if (f32.lt (local.get $count) (local.get $pixels)) (then (return (f32.const 0))))
    (local.set $meanA (f32.div (call $sum (local.get $sumsA)) (local.get $count)))
    (local.set $meanB (f32.div (call $sum (local.get $sumsB)) (local.get $count)))
    (local.set $varianceA
      (f32.sub
        (f32.div (call $sum (local.get $squaresA)) (local.get $count))
        (f32.mul (local.get $meanA) (local.get $meanA))))
    (local.set $varianceB
      (f32.sub
        (f32.div (call $sum (local.get $squaresB)) (local.get $count))
        (f32.mul (local.get $meanB) (local.get $meanB))))
    (if (f32.lt (f32.min (local.get $varianceA) (local.get $varianceB)) (local.get $variance))
      (then (return (f32.const 0))))
    (local.set $covariance
      (f32.sub
        (f32.div (call $sum (local.get $products)) (local.get $count))
        (f32.mul (local.get $meanA) (local.get $meanB))))
    (local.set $r
      (f32.div (local.get $covariance) (f32.sqrt (f32.mul (local.get $varianceA) (local.get $varianceB)))))
    (if (f32.lt (local.get $r) (local.get $correlation)) (then (return (f32.const 0))))
    (local.set $gain (f32x4.splat (f32.div (local.get $covariance) (local.get $varianceA))))
    (local.set $offset
      (f32x4.sub
        (f32x4.splat (local.get $meanB))
        (f32x4.mul (local.get $gain) (f32x4.splat (local.get $meanA)))))
    ;; From here on: right squared, right by down, down squared, right by error, down by error.
    (local.set $sumsA (v128.const f32x4 0 0 0 0))
    (local.set $sumsB (v128.const f32x4 0 0 0 0))
    (local.set $squaresA (v128.const f32x4 0 0 0 0))
    (local.set $squaresB (v128.const f32x4 0 0 0 0))
    (local.set $products (v128.const f32x4 0 0 0 0))
    (local.set $at (local.get $second))
    (local.set $end (i32.add (local.get $second) (i32.shl (local.get $stride) (i32.const 3))))
    (loop $nextRow
      (local.set $half (local.get $at))
      (loop $nextHalf
        (local.set $b (v128.load (local.get $half)))
        (local.set $right (v128.load (i32.add (local.get $half) (i32.const 4))))
        (local.set $error (v128.load (i32.sub (local.get $half) (i32.const 4))))
        (local.set $seen
          (i32x4.min_u (local.get $b) (i32x4.min_u (local.get $right) (local.get $error))))
        (local.set $right (f32x4.sub (local.get $right) (local.get $error)))
        (local.set $down (v128.load (i32.add (local.get $half) (local.get $stride))))
        (local.set $error (v128.load (i32.sub (local.get $half) (local.get $stride))))
        (local.set $seen
          (i32x4.min_u (local.get $seen) (i32x4.min_u (local.get $down) (local.get $error))))
        (local.set $down (f32x4.sub (local.get $down) (local.get $error)))
        ;; Where all five pixels are shown.
        (local.set $seen (i32x4.ne (local.get $seen) (v128.const i32x4 0 0 0 0)))
        (local.set $right
          (v128.and (local.get $seen) (f32x4.mul (local.get $right) (v128.const f32x4 0.5 0.5 0.5 0.5))))
        (local.set $down
          (v128.and (local.get $seen) (f32x4.mul (local.get $down) (v128.const f32x4 0.5 0.5 0.5 0.5))))
        (local.set $a (v128.load (i32.sub (local.get $half) (local.get $toSecond))))
        (local.set $error
          (f32x4.sub
            (f32x4.add (f32x4.mul (local.get $gain) (local.get $a)) (local.get $offset))
            (local.get $b)))
        (local.set $sumsA
          (f32x4.add (local.get $sumsA) (f32x4.mul (local.get $right) (local.get $right))))
        (local.set $sumsB
          (f32x4.add (local.get $sumsB) (f32x4.mul (local.get $right) (local.get $down))))
        (local.set $squaresA
          (f32x4.add (local.get $squaresA) (f32x4.mul (local.get $down) (local.get $down))))
        (local.set $squaresB
          (f32x4.add (local.get $squaresB) (f32x4.mul (local.get $right) (local.get $error))))
        (local.set $products
          (f32x4.add (local.get $products) (f32x4.mul (local.get $down) (local.get $error))))
        (br_if $nextHalf
          (i32.le_u
            (local.tee $half (i32.add (local.get $half) (i32.const 16)))
            (i32.add (local.get $at) (i32.const 16)))))
      (br_if $nextRow
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $stride))) (local.get $end))))
    (f32.store (local.get $sums) (call $sum (local.get $sumsA)))
    (f32.store offset=4 (local.get $sums) (call $sum (local.get $sumsB)))
    (f32.store offset=8 (local.get $sums) (call $sum (local.get $squaresA)))
    (f32.store offset=12 (local.get $sums) (call $sum (local.get $squaresB)))
    (f32.store offset=16 (local.get $sums) (call $sum (local.get $products)))
    ;; So that no block counts more for its contrast, beyond what noise leaves of it.
    (f32.div
      (f32.mul (local.get $r) (local.get $r))
      (f32.add (local.get $varianceB) (local.get $noise)))))
