;; Erosion of a mask, 16 pixels at a time; `erosion.ts` says what the parameters are.
;; Translated by `npx wat2wasm erosion.wat -o erosion.wasm`; a test holds that erosion.wasm is this.
(module
  (import "thaw" "memory" (memory 0))

  ;; Of 16 pixels those that are valid together with the pixels left and right of them.
  (func $inRow (param $at i32) (result v128)
    (v128.and
      (v128.load (local.get $at))
      (v128.and
        (v128.load (i32.sub (local.get $at) (i32.const 1)))
        (v128.load offset=1 (local.get $at)))))

  ;; What is written behind the end of a row is written over by the next row.
  (func (export "erode") (param $from i32) (param $to i32) (param $width i32) (param $height i32)
    (local $row i32) (local $end i32) (local $at i32) (local $last i32)
    (memory.copy (local.get $to) (local.get $from) (i32.mul (local.get $width) (local.get $height)))
    (local.set $row (local.get $width))
    (local.set $last (i32.mul (local.get $width) (i32.sub (local.get $height) (i32.const 1))))
    (block $done
      (br_if $done (i32.lt_s (local.get $width) (i32.const 3)))
      (loop $nextRow
        (br_if $done (i32.ge_s (local.get $row) (local.get $last)))
        (i32.store8
          (i32.add (local.get $to) (local.get $row))
          (i32.load8_u (i32.add (local.get $from) (local.get $row))))
        (local.set $at (i32.add (local.get $row) (i32.const 1)))
        (local.set $row (i32.add (local.get $row) (local.get $width)))
        (local.set $end (i32.sub (local.get $row) (i32.const 1)))
        (loop $next
          (v128.store (i32.add (local.get $to) (local.get $at))
            (v128.and
              (call $inRow (i32.add (local.get $from) (local.get $at)))
              (v128.and
                (call $inRow (i32.add (local.get $from) (i32.sub (local.get $at) (local.get $width))))
                (call $inRow (i32.add (local.get $from) (i32.add (local.get $at) (local.get $width)))))))
          (br_if $next
            (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
        (i32.store8
          (i32.add (local.get $to) (local.get $end))
          (i32.load8_u (i32.add (local.get $from) (local.get $end))))
        (br $nextRow)))
    (if (i32.gt_s (local.get $last) (i32.const 0))
      (then
        (memory.copy
          (i32.add (local.get $to) (local.get $last))
          (i32.add (local.get $from) (local.get $last))
          (local.get $width))))))
