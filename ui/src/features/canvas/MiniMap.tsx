import { useReactFlow, useStore } from '@xyflow/react'
import { memo, useMemo, type PointerEvent } from 'react'
import { canvas as words } from '../../lib/text/en/canvas'
import type { Layout } from './layout/shape'
import classes from './MiniMap.module.css'

const SIZE = { w: 148, h: 112 }
const MARGIN = 60
/** Pixels of the canvas to one of the map, at least: a few cards are not blown up. */
const LEAST = 9

/** The whole workflow in small: one path for all cards, and a frame for what is seen. */
export function MiniMap({ layout }: { layout: Layout }) {
  const { bounds } = layout
  const flow = useReactFlow()
  const box = { x: bounds.x - MARGIN, y: -MARGIN, w: bounds.w + 2 * MARGIN, h: bounds.h + 2 * MARGIN }
  const scale = Math.max(box.w / SIZE.w, box.h / SIZE.h, LEAST)
  const [w, h] = [SIZE.w * scale, SIZE.h * scale]
  const left = box.x - (w - box.w) / 2
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === 'pointermove' && event.buttons !== 1) return
    const rect = event.currentTarget.getBoundingClientRect()
    const x = left + ((event.clientX - rect.left) / rect.width) * w
    const y = box.y + ((event.clientY - rect.top) / rect.height) * h
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <svg
      className={`${classes.map} nopan nowheel`}
      width={SIZE.w}
      height={SIZE.h}
      viewBox={`${left} ${box.y} ${w} ${h}`}
      role="img"
      aria-label={words.minimap}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
    >
      <Cards layout={layout} />
      <Seen />
    </svg>
  )
}

const Cards = memo(function Cards({ layout }: { layout: Layout }) {
  const d = useMemo(() => {
    const rect = (i: { x: number; y: number; w: number; h: number }) => `M${i.x} ${i.y}h${i.w}v${i.h}h${-i.w}z`
    const of = (kinds: string[]) => layout.items.filter((i) => kinds.includes(i.kind)).map(rect).join('')
    return { cards: of(['step', 'folded']), triggers: of(['trigger']), labels: of(['branch']) }
  }, [layout])
  return (
    <>
      <path d={d.cards} className={classes.cards} />
      <path d={d.triggers} className={classes.triggers} />
      <path d={d.labels} className={classes.labels} />
    </>
  )
})

/** The part of the workflow that the window shows. */
function Seen() {
  const transform = useStore((s) => s.transform)
  const [width, height] = [useStore((s) => s.width), useStore((s) => s.height)]
  const [x, y, zoom] = transform
  return <rect className={classes.seen} x={-x / zoom} y={-y / zoom} width={width / zoom} height={height / zoom} />
}
