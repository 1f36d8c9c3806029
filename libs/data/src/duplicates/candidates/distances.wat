;; Distances of descriptors: the nearest centres of half a descriptor, and the keypoints of two images that look alike; and of the
;; outlines of whole images. `visual-words.ts`, `match-keypoints.ts` and `lookalikes.ts` say what for.
;; Translated by `npx wat2wasm distances.wat -o distances.wasm`; a test holds that distances.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  ;; Writes to $to, a byte each, in how many of $bits bits each of $count outlines at $others differs from that at $own, or from its
  ;; negative if these are fewer; all take up 192 bits, those behind $bits are zero. Counts at $counts, four bytes each, how many
  ;; differ in none, one, two bits and so on.
  (func (export "outlines")
    (param $own i32) (param $others i32) (param $count i32) (param $bits i32) (param $to i32) (param $counts i32)
    (local $first i64) (local $second i64) (local $third i64) (local $differing i32) (local $rest i32) (local $at i32)
    (local.set $first (i64.load (local.get $own)))
    (local.set $second (i64.load offset=8 (local.get $own)))
    (local.set $third (i64.load offset=16 (local.get $own)))
    (loop $nextOne
      (local.set $differing
        (i32.wrap_i64
          (i64.add
            (i64.add
              (i64.popcnt (i64.xor (local.get $first) (i64.load (local.get $others))))
              (i64.popcnt (i64.xor (local.get $second) (i64.load offset=8 (local.get $others)))))
            (i64.popcnt (i64.xor (local.get $third) (i64.load offset=16 (local.get $others)))))))
      (local.set $rest (i32.sub (local.get $bits) (local.get $differing)))
      (local.set $differing
        (select (local.get $differing) (local.get $rest)
          (i32.lt_u (local.get $differing) (local.get $rest))))
      (i32.store8 (local.get $to) (local.get $differing))
      (local.set $at (i32.add (local.get $counts) (i32.shl (local.get $differing) (i32.const 2))))
      (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
      (local.set $others (i32.add (local.get $others) (i32.const 24)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $nextOne (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Writes to $to, four bytes each, the places of the bytes among the $count at $from that are at most $limit. Returns how many.
  (func (export "placesWithin") (param $from i32) (param $count i32) (param $limit i32) (param $to i32) (result i32)
    (local $first i32) (local $bits i32) (local $start i32)
    (local.set $start (local.get $to))
    (loop $nextSixteen
      (local.set $bits
        (i8x16.bitmask
          (i8x16.le_u
            (v128.load (i32.add (local.get $from) (local.get $first)))
            (i8x16.splat (local.get $limit)))))
      (if (i32.lt_u (i32.sub (local.get $count) (local.get $first)) (i32.const 16))
        (then
          (local.set $bits
            (i32.and (local.get $bits)
              (i32.sub
                (i32.shl (i32.const 1) (i32.sub (local.get $count) (local.get $first)))
                (i32.const 1))))))
      (block $none
        (loop $nextPlace
          (br_if $none (i32.eqz (local.get $bits)))
          (i32.store (local.get $to) (i32.add (local.get $first) (i32.ctz (local.get $bits))))
          (local.set $to (i32.add (local.get $to) (i32.const 4)))
          (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
          (br $nextPlace)))
      (br_if $nextSixteen
        (i32.lt_u
          (local.tee $first (i32.add (local.get $first) (i32.const 16)))
          (local.get $count))))
    (i32.shr_u (i32.sub (local.get $to) (local.get $start)) (i32.const 2)))

  ;; The number of the centre nearest to $values plus 65,536 times that of the next one; of equals the first. $length values are
  ;; compared. $centers holds four centres after four: the first value of each of the four, the second of each, and so on. Sixteen are
  ;; compared at a time, so $count is a multiple of that.
  (func (export "nearestCenters") (param $values i32) (param $length i32) (param $centers i32) (param $count i32) (result i32)
    (local $center i32) (local $k i32) (local $at i32) (local $bytes i32) (local $value v128) (local $difference v128)
    (local $sums v128) (local $sums1 v128) (local $sums2 v128) (local $sums3 v128) (local $four i32) (local $lane i32)
    (local $sum f32) (local $first i32) (local $second i32) (local $nearest f32) (local $next f32)
    (local.set $nearest (f32.const inf))
    (local.set $next (f32.const inf))
    (local.set $bytes (i32.shl (local.get $length) (i32.const 4)))
    (loop $nextSixteen
      (local.set $sums (v128.const f32x4 0 0 0 0))
      (local.set $sums1 (v128.const f32x4 0 0 0 0))
      (local.set $sums2 (v128.const f32x4 0 0 0 0))
      (local.set $sums3 (v128.const f32x4 0 0 0 0))
      (local.set $k (i32.const 0))
      (loop $nextValue
        (local.set $value (v128.load32_splat (i32.add (local.get $values) (i32.shl (local.get $k) (i32.const 2)))))
        (local.set $at (local.get $centers))
        (local.set $difference (f32x4.sub (v128.load (local.get $at)) (local.get $value)))
        (local.set $sums
          (f32x4.add (local.get $sums) (f32x4.mul (local.get $difference) (local.get $difference))))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $difference (f32x4.sub (v128.load (local.get $at)) (local.get $value)))
        (local.set $sums1
          (f32x4.add (local.get $sums1) (f32x4.mul (local.get $difference) (local.get $difference))))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $difference (f32x4.sub (v128.load (local.get $at)) (local.get $value)))
        (local.set $sums2
          (f32x4.add (local.get $sums2) (f32x4.mul (local.get $difference) (local.get $difference))))
        (local.set $at (i32.add (local.get $at) (local.get $bytes)))
        (local.set $difference (f32x4.sub (v128.load (local.get $at)) (local.get $value)))
        (local.set $sums3
          (f32x4.add (local.get $sums3) (f32x4.mul (local.get $difference) (local.get $difference))))
        (local.set $centers (i32.add (local.get $centers) (i32.const 16)))
        (br_if $nextValue
          (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $length))))
      (local.set $centers (i32.add (local.get $centers) (i32.mul (local.get $bytes) (i32.const 3))))
      (local.set $four (i32.const 0))
      (loop $nextFour
        (if (v128.any_true (f32x4.lt (local.get $sums) (f32x4.splat (local.get $next))))
          (then
            (local.set $lane (i32.const 0))
            (loop $nextLane
              (local.set $sum (f32x4.extract_lane 0 (local.get $sums)))
              (if (f32.lt (local.get $sum) (local.get $nearest))
                (then
                  (local.set $second (local.get $first))
                  (local.set $next (local.get $nearest))
                  (local.set $first (i32.add (local.get $center) (local.get $lane)))
                  (local.set $nearest (local.get $sum)))
                (else
                  (if (f32.lt (local.get $sum) (local.get $next))
                    (then
                      (local.set $second (i32.add (local.get $center) (local.get $lane)))
                      (local.set $next (local.get $sum))))))
              ;; The next lane becomes the first.
              (local.set $sums
                (i8x16.shuffle 4 5 6 7 8 9 10 11 12 13 14 15 0 1 2 3 (local.get $sums) (local.get $sums)))
              (br_if $nextLane
                (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 1))) (i32.const 4))))))
        (local.set $center (i32.add (local.get $center) (i32.const 4)))
        (local.set $sums (local.get $sums1))
        (local.set $sums1 (local.get $sums2))
        (local.set $sums2 (local.get $sums3))
        (br_if $nextFour
          (i32.lt_u (local.tee $four (i32.add (local.get $four) (i32.const 1))) (i32.const 4))))
      (br_if $nextSixteen (i32.lt_u (local.get $center) (local.get $count))))
    (i32.or (local.get $first) (i32.shl (local.get $second) (i32.const 16))))

  ;; Four sums that make up the squared distance of 16 values from 16 others.
  (func $squares (param $a v128) (param $b v128) (result v128)
    (local $difference v128)
    (local.set $difference
      (i8x16.sub
        (i8x16.max_u (local.get $a) (local.get $b))
        (i8x16.min_u (local.get $a) (local.get $b))))
    (i32x4.add
      (i32x4.extadd_pairwise_i16x8_u
        (i16x8.extmul_low_i8x16_u (local.get $difference) (local.get $difference)))
      (i32x4.extadd_pairwise_i16x8_u
        (i16x8.extmul_high_i8x16_u (local.get $difference) (local.get $difference)))))

  ;; The squared distance of the descriptor in four parts from the one at $b.
  (func $distance (param $a0 v128) (param $a1 v128) (param $a2 v128) (param $a3 v128) (param $b i32) (result i32)
    (local $sums v128)
    (local.set $sums
      (i32x4.add
        (i32x4.add
          (call $squares (local.get $a0) (v128.load (local.get $b)))
          (call $squares (local.get $a1) (v128.load offset=16 (local.get $b))))
        (i32x4.add
          (call $squares (local.get $a2) (v128.load offset=32 (local.get $b)))
          (call $squares (local.get $a3) (v128.load offset=48 (local.get $b))))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
      (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))

  ;; Whether the keypoints at two addresses (x, y and more) are less than $apart from each other on both axes.
  (func $isSamePlace (param $a i32) (param $b i32) (param $apart f32) (result i32)
    (i32.and
      (f32.lt (f32.abs (f32.sub (f32.load (local.get $a)) (f32.load (local.get $b)))) (local.get $apart))
      (f32.lt
        (f32.abs (f32.sub (f32.load offset=4 (local.get $a)) (f32.load offset=4 (local.get $b))))
        (local.get $apart))))

  ;; The nearest of $count descriptors to one in four parts, or -1. Only those count whose sketch differs from $sketch in at most $bits
  ;; bits and that are nearer than $nearest. There is none if $next or another one that is elsewhere is nearly as near: its distance
  ;; times $ratio must be more than 16 times the nearest's.
  (func $nearestDescriptor
    (param $a0 v128) (param $a1 v128) (param $a2 v128) (param $a3 v128) (param $sketch i64) (param $bits i64)
    (param $nearest i32) (param $next i32) (param $ratio i32) (param $apart f32)
    (param $keypoints i32) (param $sketches i32) (param $descriptors i32) (param $count i32)
    (result i32)
    (local $i i32) (local $distance i32) (local $elsewhere i32) (local $best i32)
    (local.set $best (i32.const -1))
    (loop $nextOne
      (block $passed
        (br_if $passed
          (i64.gt_u
            (i64.popcnt
              (i64.xor (local.get $sketch)
                (i64.load (i32.add (local.get $sketches) (i32.shl (local.get $i) (i32.const 4))))))
            (local.get $bits)))
        (local.set $distance
          (call $distance (local.get $a0) (local.get $a1) (local.get $a2) (local.get $a3)
            (i32.add (local.get $descriptors) (i32.shl (local.get $i) (i32.const 6)))))
        (br_if $passed (i32.ge_s (local.get $distance) (local.get $next)))
        (local.set $elsewhere
          (i32.or
            (i32.lt_s (local.get $best) (i32.const 0))
            (i32.eqz
              (call $isSamePlace
                (i32.add (local.get $keypoints) (i32.shl (local.get $best) (i32.const 4)))
                (i32.add (local.get $keypoints) (i32.shl (local.get $i) (i32.const 4)))
                (local.get $apart)))))
        (if (i32.ge_s (local.get $distance) (local.get $nearest))
          (then
            (if (local.get $elsewhere) (then (local.set $next (local.get $distance)))))
          (else
            (if (i32.and (local.get $elsewhere) (i32.ge_s (local.get $best) (i32.const 0)))
              (then (local.set $next (local.get $nearest))))
            (local.set $best (local.get $i))
            (local.set $nearest (local.get $distance)))))
      (br_if $nextOne
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (select (local.get $best) (i32.const -1)
      (i32.lt_s
        (i32.shl (local.get $nearest) (i32.const 4))
        (i32.mul (local.get $next) (local.get $ratio)))))

  ;; A row of a mirrored image's descriptor, from the opposite row of the plain one: the third and fourth value of each cell swapped.
  (func $swapped (param $row i32) (result v128)
    (i8x16.shuffle 0 1 3 2 4 5 7 6 8 9 11 10 12 13 15 14 (v128.load (local.get $row)) (v128.load (local.get $row))))

  ;; Writes the number of the keypoint that looks like each of $countA descriptors, as they are or mirrored, to $to; -1 for none.
  (func (export "match")
    (param $sketchesA i32) (param $descriptorsA i32) (param $countA i32)
    (param $keypoints i32) (param $sketches i32) (param $descriptors i32) (param $count i32)
    (param $mirror i32) (param $bits i32) (param $farthest i32) (param $next i32) (param $ratio i32) (param $apart f32)
    (param $to i32)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (loop $nextOne
      (if (local.get $mirror)
        (then
          (local.set $a0 (call $swapped (i32.add (local.get $descriptorsA) (i32.const 48))))
          (local.set $a1 (call $swapped (i32.add (local.get $descriptorsA) (i32.const 32))))
          (local.set $a2 (call $swapped (i32.add (local.get $descriptorsA) (i32.const 16))))
          (local.set $a3 (call $swapped (local.get $descriptorsA))))
        (else
          (local.set $a0 (v128.load (local.get $descriptorsA)))
          (local.set $a1 (v128.load offset=16 (local.get $descriptorsA)))
          (local.set $a2 (v128.load offset=32 (local.get $descriptorsA)))
          (local.set $a3 (v128.load offset=48 (local.get $descriptorsA)))))
      (i32.store (local.get $to)
        (call $nearestDescriptor
          (local.get $a0) (local.get $a1) (local.get $a2) (local.get $a3)
          (i64.load (i32.add (local.get $sketchesA) (i32.shl (local.get $mirror) (i32.const 3))))
          (i64.extend_i32_u (local.get $bits))
          (local.get $farthest) (local.get $next) (local.get $ratio) (local.get $apart)
          (local.get $keypoints) (local.get $sketches) (local.get $descriptors) (local.get $count)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (local.set $sketchesA (i32.add (local.get $sketchesA) (i32.const 16)))
      (local.set $descriptorsA (i32.add (local.get $descriptorsA) (i32.const 64)))
      (br_if $nextOne (local.tee $countA (i32.sub (local.get $countA) (i32.const 1)))))))
