;; Grey values of a picture and the grain in them, 16 pixels at a time; `planes.ts` says what the parameters are.
;; Translated by `npx wat2wasm planes.wat -o planes.wasm`; a test holds that planes.wasm is this.
;; Addresses are in bytes, sizes in pixels. What is written behind the end of a row is written over by the next row.
(module
  (import "thaw" "memory" (memory 0))

  ;; 30 times red plus 59 times green plus 11 times blue of eight pixels, from 16 bytes of each channel of which the first eight count.
  (func $hundredfold (param $red v128) (param $green v128) (param $blue v128) (result v128)
    (i16x8.add
      (i16x8.add
        (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $red)) (i16x8.splat (i32.const 30)))
        (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $green)) (i16x8.splat (i32.const 59))))
      (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $blue)) (i16x8.splat (i32.const 11)))))

  ;; The last eight bytes first.
  (func $turned (param $bytes v128) (result v128)
    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $bytes) (local.get $bytes)))

  ;; Writes a hundredth of eight values to $to.
  (func $storeEight (param $to i32) (param $values v128)
    (v128.store (local.get $to)
      (f32x4.div
        (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (local.get $values)))
        (f32x4.splat (f32.const 100))))
    (v128.store offset=16 (local.get $to)
      (f32x4.div
        (f32x4.convert_i32x4_u (i32x4.extend_high_i16x8_u (local.get $values)))
        (f32x4.splat (f32.const 100)))))

  ;; Writes the brightness of $count pixels of three bytes to $to.
  (func (export "brightness") (param $pixels i32) (param $count i32) (param $to i32)
    (local $first v128) (local $second v128) (local $third v128) (local $red v128) (local $green v128) (local $blue v128)
    (loop $next
      (local.set $first (v128.load (local.get $pixels)))
      (local.set $second (v128.load offset=16 (local.get $pixels)))
      (local.set $third (v128.load offset=32 (local.get $pixels)))
      (local.set $red
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 17 20 23 26 29
          (i8x16.shuffle 0 3 6 9 12 15 18 21 24 27 30 0 0 0 0 0 (local.get $first) (local.get $second))
          (local.get $third)))
      (local.set $green
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 18 21 24 27 30
          (i8x16.shuffle 1 4 7 10 13 16 19 22 25 28 31 0 0 0 0 0 (local.get $first) (local.get $second))
          (local.get $third)))
      (local.set $blue
        (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 16 19 22 25 28 31
          (i8x16.shuffle 2 5 8 11 14 17 20 23 26 29 0 0 0 0 0 0 (local.get $first) (local.get $second))
          (local.get $third)))
      (call $storeEight (local.get $to)
        (call $hundredfold (local.get $red) (local.get $green) (local.get $blue)))
      (call $storeEight (i32.add (local.get $to) (i32.const 32))
        (call $hundredfold
          (call $turned (local.get $red)) (call $turned (local.get $green)) (call $turned (local.get $blue))))
      (local.set $pixels (i32.add (local.get $pixels) (i32.const 48)))
      (local.set $to (i32.add (local.get $to) (i32.const 64)))
      (br_if $next
        (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0)))))

  ;; Four of 1 where $plane is above $smooth by more than $least, 2 where it is as much below, 0 elsewhere.
  (func $grains (param $plane i32) (param $smooth i32) (param $least v128) (result v128)
    (local $difference v128)
    (local.set $difference (f32x4.sub (v128.load (local.get $plane)) (v128.load (local.get $smooth))))
    (v128.or
      (v128.and
        (f32x4.gt (local.get $difference) (local.get $least))
        (v128.const i32x4 1 1 1 1))
      (v128.and
        (f32x4.lt (local.get $difference) (f32x4.neg (local.get $least)))
        (v128.const i32x4 2 2 2 2))))

  ;; Writes the grain of the first $columns and $rows of a plane of $width columns to $to, a byte each.
  (func (export "grain")
    (param $plane i32) (param $smooth i32) (param $width i32) (param $columns i32) (param $rows i32) (param $least f32)
    (param $to i32)
    (local $x i32) (local $at i32) (local $toSmooth i32) (local $limit v128)
    (local.set $limit (f32x4.splat (local.get $least)))
    (local.set $toSmooth (i32.sub (local.get $smooth) (local.get $plane)))
    (loop $nextRow
      (local.set $x (i32.const 0))
      (local.set $at (local.get $plane))
      (loop $next
        (v128.store (i32.add (local.get $to) (local.get $x))
          (i8x16.narrow_i16x8_u
            (i16x8.narrow_i32x4_u
              (call $grains (local.get $at) (i32.add (local.get $at) (local.get $toSmooth)) (local.get $limit))
              (call $grains
                (i32.add (local.get $at) (i32.const 16))
                (i32.add (i32.add (local.get $at) (local.get $toSmooth)) (i32.const 16))
                (local.get $limit)))
            (i16x8.narrow_i32x4_u
              (call $grains
                (i32.add (local.get $at) (i32.const 32))
                (i32.add (i32.add (local.get $at) (local.get $toSmooth)) (i32.const 32))
                (local.get $limit))
              (call $grains
                (i32.add (local.get $at) (i32.const 48))
                (i32.add (i32.add (local.get $at) (local.get $toSmooth)) (i32.const 48))
                (local.get $limit)))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $next
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $columns))))
      (local.set $plane (i32.add (local.get $plane) (i32.shl (local.get $width) (i32.const 2))))
      (local.set $to (i32.add (local.get $to) (local.get $columns)))
      (br_if $nextRow (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Writes $count bytes, each of 0 to 3, to $to, four to a byte, the first one lowest.
  (func (export "pack") (param $from i32) (param $count i32) (param $to i32)
    (local $bytes v128)
    (loop $next
      (local.set $bytes (v128.load (local.get $from)))
      (local.set $bytes (v128.or (local.get $bytes) (i16x8.shr_u (local.get $bytes) (i32.const 6))))
      (local.set $bytes (v128.or (local.get $bytes) (i32x4.shr_u (local.get $bytes) (i32.const 12))))
      (v128.store32_lane 0 (local.get $to)
        (i8x16.shuffle 0 4 8 12 0 0 0 0 0 0 0 0 0 0 0 0 (local.get $bytes) (local.get $bytes)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br_if $next
        (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 0))))))
