import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { visibleRows } from '../lib/visibleRows'
import classes from './VirtualList.module.css'

interface Props<T> {
  items: T[]
  label: string
  keyOf: (item: T) => string
  row: (item: T, index: number) => ReactNode
  /** Height of a row in pixels; all rows have the same. */
  height: number
  /** Asks for more once the end comes near. */
  onEnd?: () => void
  end?: ReactNode
}

/** Rows drawn beyond both edges of the window, so that a flick shows no gap. */
const OVERSCAN = 10

/** A long list that scrolls with the page and draws only the rows in view. */
export function VirtualList<T>({ items, label, keyOf, row, height, onEnd, end }: Props<T>) {
  const list = useRef<HTMLUListElement>(null)
  const [[from, to], setRange] = useState<[number, number]>([0, 30])
  useLayoutEffect(() => {
    let frame = 0
    const measure = () => {
      frame = 0
      if (!list.current) return
      const top = list.current.getBoundingClientRect().top
      const next = visibleRows({ top, view: window.innerHeight, height, total: items.length, overscan: OVERSCAN })
      setRange((was) => (was[0] === next[0] && was[1] === next[1] ? was : next))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(measure)
    }
    measure()
    window.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', soon)
      window.removeEventListener('resize', soon)
    }
  }, [items.length, height])
  const near = to >= items.length - OVERSCAN
  useLayoutEffect(() => {
    if (near) onEnd?.()
  }, [near, onEnd])
  return (
    <div className={classes.frame}>
      <ul ref={list} className={classes.list} style={{ height: items.length * height }} aria-label={label}>
        {items.slice(from, to).map((item, i) => (
          <li
            key={keyOf(item)}
            className={classes.row}
            style={{ height, transform: `translateY(${(from + i) * height}px)` }}
            aria-setsize={items.length}
            aria-posinset={from + i + 1}
          >
            {row(item, from + i)}
          </li>
        ))}
      </ul>
      {end && <div className={classes.end}>{end}</div>}
    </div>
  )
}
