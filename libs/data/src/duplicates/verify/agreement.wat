;; Correlation of patches of two drawn plates; `agreement.ts` says what for.
;; Translated by `npx wat2wasm agreement.wat -o agreement.wasm`; a test holds that agreement.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  (func $sum (param $v v128) (result f32)
    (local.set $v
      (f32x4.add (local.get $v) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v))))

  ;; What is left of a sum over a patch of the squares (or the products of two planes) when their means and slopes are taken away.
  (func $deviation (param $products f32) (param $sumA f32) (param $sumB f32) (param $acrossA f32) (param $acrossB f32)
    (param $downA f32) (param $downB f32) (result f32)
    (f32.div
      (f32.sub
        (f32.sub (local.get $products)
          (f32.div (f32.mul (local.get $sumA) (local.get $sumB)) (f32.const 49)))
        (f32.div
          (f32.add
            (f32.mul (local.get $acrossA) (local.get $acrossB))
            (f32.mul (local.get $downA) (local.get $downB)))
          (f32.const 196)))
      (f32.const 49)))

  ;; Compares the patches of 7 x 7 pixels at $first and $second, of planes whose rows are $stride bytes apart. Where all pixels are
  ;; shown, writes 1 to $shown; where there is something to see, besides, its deviation, at most $most, to $weight, and the
  ;; correlation, if positive, to $correlation. $least is the variance that both, $one that one of the two must have.
  (func (export "comparePatch")
    (param $first i32) (param $second i32) (param $stride i32) (param $least f32) (param $one f32) (param $most f32)
    (param $weight i32) (param $correlation i32) (param $shown i32)
    (local $row i32) (local $down v128) (local $refA v128) (local $refB v128) (local $seen v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $sumsA v128) (local $sumsB v128) (local $acrossA v128) (local $acrossB v128) (local $downA v128) (local $downB v128)
    (local $squaresA v128) (local $squaresB v128) (local $products v128)
    (local $sA f32) (local $sB f32) (local $xA f32) (local $xB f32) (local $yA f32) (local $yB f32)
    (local $varianceA f32) (local $varianceB f32) (local $variance f32)
    ;; Values are taken from that in the middle, so that sums of squares stay small.
    (local.set $row (i32.add (i32.mul (local.get $stride) (i32.const 3)) (i32.const 12)))
    (local.set $refA (v128.load32_splat (i32.add (local.get $first) (local.get $row))))
    (local.set $refB (v128.load32_splat (i32.add (local.get $second) (local.get $row))))
    (local.set $seen (v128.const i32x4 -1 -1 -1 -1))
    (local.set $down (v128.const f32x4 -3 -3 -3 -3))
    (local.set $row (i32.const 7))
    (loop $next
      (local.set $a (v128.load (local.get $first)))
      (local.set $b (v128.load offset=16 (local.get $first)))
      (local.set $seen
        (i32x4.min_u (local.get $seen)
          (i32x4.min_u (local.get $a) (v128.or (local.get $b) (v128.const i32x4 0 0 0 -1)))))
      (local.set $a (f32x4.sub (local.get $a) (local.get $refA)))
      (local.set $b (v128.and (f32x4.sub (local.get $b) (local.get $refA)) (v128.const i32x4 -1 -1 -1 0)))
      (local.set $c (f32x4.sub (v128.load (local.get $second)) (local.get $refB)))
      (local.set $d
        (v128.and
          (f32x4.sub (v128.load offset=16 (local.get $second)) (local.get $refB))
          (v128.const i32x4 -1 -1 -1 0)))
      (local.set $products
        (f32x4.add (local.get $products)
          (f32x4.add (f32x4.mul (local.get $a) (local.get $c)) (f32x4.mul (local.get $b) (local.get $d)))))
      (local.set $squaresA
        (f32x4.add (local.get $squaresA)
          (f32x4.add (f32x4.mul (local.get $a) (local.get $a)) (f32x4.mul (local.get $b) (local.get $b)))))
      (local.set $squaresB
        (f32x4.add (local.get $squaresB)
          (f32x4.add (f32x4.mul (local.get $c) (local.get $c)) (f32x4.mul (local.get $d) (local.get $d)))))
      (local.set $acrossA
        (f32x4.add (local.get $acrossA)
          (f32x4.add
            (f32x4.mul (local.get $a) (v128.const f32x4 -3 -2 -1 0))
            (f32x4.mul (local.get $b) (v128.const f32x4 1 2 3 0)))))
      (local.set $acrossB
        (f32x4.add (local.get $acrossB)
          (f32x4.add
            (f32x4.mul (local.get $c) (v128.const f32x4 -3 -2 -1 0))
            (f32x4.mul (local.get $d) (v128.const f32x4 1 2 3 0)))))
      (local.set $a (f32x4.add (local.get $a) (local.get $b)))
      (local.set $c (f32x4.add (local.get $c) (local.get $d)))
      (local.set $sumsA (f32x4.add (local.get $sumsA) (local.get $a)))
      (local.set $sumsB (f32x4.add (local.get $sumsB) (local.get $c)))
      (local.set $downA (f32x4.add (local.get $downA) (f32x4.mul (local.get $a) (local.get $down))))
      (local.set $downB (f32x4.add (local.get $downB) (f32x4.mul (local.get $c) (local.get $down))))
      (local.set $down (f32x4.add (local.get $down) (v128.const f32x4 1 1 1 1)))
      (local.set $first (i32.add (local.get $first) (local.get $stride)))
      (local.set $second (i32.add (local.get $second) (local.get $stride)))
      (br_if $next (local.tee $row (i32.sub (local.get $row) (i32.const 1)))))
    (if (i32.eqz (i32x4.all_true (local.get $seen))) (then (return)))
    (i32.store8 (local.get $shown) (i32.const 1))
    (local.set $sA (call $sum (local.get $sumsA)))
    (local.set $sB (call $sum (local.get $sumsB)))
    (local.set $xA (call $sum (local.get $acrossA)))
    (local.set $xB (call $sum (local.get $acrossB)))
    (local.set $yA (call $sum (local.get $downA)))
    (local.set $yB (call $sum (local.get $downB)))
    (local.set $varianceA
      (call $deviation (call $sum (local.get $squaresA)) (local.get $sA) (local.get $sA)
        (local.get $xA) (local.get $xA) (local.get $yA) (local.get $yA)))
    (local.set $varianceB
      (call $deviation (call $sum (local.get $squaresB)) (local.get $sB) (local.get $sB)
        (local.get $xB) (local.get $xB) (local.get $yB) (local.get $yB)))
    (local.set $variance (f32.max (local.get $varianceA) (local.get $varianceB)))
    (if
      (i32.and
        (f32.lt (f32.min (local.get $varianceA) (local.get $varianceB)) (local.get $least))
        (f32.lt (local.get $variance) (local.get $one)))
      (then (return)))
    (f32.store (local.get $weight) (f32.min (local.get $most) (f32.sqrt (local.get $variance))))
    (f32.store (local.get $correlation)
      (f32.max (f32.const 0)
        (f32.div
          (call $deviation (call $sum (local.get $products)) (local.get $sA) (local.get $sB)
            (local.get $xA) (local.get $xB) (local.get $yA) (local.get $yB))
          (f32.sqrt
            (f32.mul
              (f32.max (local.get $varianceA) (local.get $least))
              (f32.max (local.get $varianceB) (local.get $least)))))))))
