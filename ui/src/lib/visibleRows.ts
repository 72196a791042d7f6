interface View {
  /** Where the list begins, in pixels below the window's upper edge; negative once scrolled. */
  top: number
  /** Height of the window. */
  view: number
  /** Height of a row. */
  height: number
  total: number
  /** Rows to add at both edges. */
  overscan: number
}

/** The rows to draw: from the first up to, without, the second. Even numbers, so that small moves change nothing. */
export function visibleRows({ top, view, height, total, overscan }: View): [number, number] {
  const first = Math.floor(-top / height) - overscan
  const last = Math.ceil((view - top) / height) + overscan
  const even = (n: number) => n - (n % 2)
  return [Math.max(0, Math.min(even(first), total)), Math.max(0, Math.min(even(last) + 2, total))]
}
