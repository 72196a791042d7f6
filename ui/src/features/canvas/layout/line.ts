// Lines as SVG paths: straight stretches with rounded corners.

const RADIUS = 12

type Point = readonly [number, number]

const round = (n: number) => Math.round(n * 10) / 10

/** A way over some points, each next to the other in one direction only. */
export function way(...points: Point[]): string {
  const first = points[0]
  if (!first) return ''
  let d = `M${round(first[0])} ${round(first[1])}`
  for (let i = 1; i < points.length - 1; i++) {
    const [from, at, to] = [points[i - 1] as Point, points[i] as Point, points[i + 1] as Point]
    const r = Math.min(RADIUS, length(from, at) / 2, length(at, to) / 2)
    const [a, b] = [towards(at, from, r), towards(at, to, r)]
    d += `L${round(a[0])} ${round(a[1])}Q${round(at[0])} ${round(at[1])} ${round(b[0])} ${round(b[1])}`
  }
  const last = points.at(-1) as Point
  return `${d}L${round(last[0])} ${round(last[1])}`
}

const length = (a: Point, b: Point) => Math.hypot(b[0] - a[0], b[1] - a[1])

function towards(from: Point, to: Point, distance: number): Point {
  const all = length(from, to)
  if (all === 0) return from
  return [from[0] + ((to[0] - from[0]) * distance) / all, from[1] + ((to[1] - from[1]) * distance) / all]
}

/** From one point down to another, across half way when they are not above each other. */
export function down(from: Point, to: Point, across = (from[1] + to[1]) / 2): string {
  if (Math.abs(from[0] - to[0]) < 0.5) return way(from, to)
  return way(from, [from[0], across], [to[0], across], to)
}
