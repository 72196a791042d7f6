import { ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import type { Layout, Line } from './layout/shape'
import type { Trace } from './run/trace'
import { useEditor } from './store'
import classes from './Lines.module.css'

/** All lines of the flow: one path for each look, so that thousands cost as much as one. */
export const Lines = memo(function Lines({ layout }: { layout: Layout }) {
  const trace = useEditor((s) => s.trace)
  const paths = useMemo(() => {
    const of = (test: (line: Line) => boolean) => layout.lines.filter(test).map((l) => l.d).join('')
    const taken = (line: Line) => trace !== undefined && wasTaken(line, trace)
    return {
      plain: of((l) => l.kind === 'plain' && !taken(l)),
      error: of((l) => l.kind === 'error' && !taken(l)),
      loop: of((l) => l.kind === 'loop'),
      taken: of((l) => l.kind !== 'loop' && taken(l)),
    }
  }, [layout, trace])
  const { bounds } = layout
  return (
    <ViewportPortal>
      <svg className={classes.lines} style={{ left: bounds.x, top: 0 }} width={bounds.w} height={bounds.h} viewBox={`${bounds.x} 0 ${bounds.w} ${bounds.h}`} aria-hidden>
        <defs>
          <marker id="loop-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L8 4L0 8z" className={classes.arrow} />
          </marker>
        </defs>
        <path d={paths.plain} className={classes.plain} />
        <path d={paths.error} className={classes.error} />
        <path d={paths.loop} className={classes.loop} markerEnd="url(#loop-arrow)" />
        <path d={paths.taken} className={classes.taken} />
      </svg>
    </ViewportPortal>
  )
})

/** Whether the run went along a line: both what it leaves and what it leads into were reached. */
function wasTaken(line: Line, trace: Trace): boolean {
  const done = (id: string | undefined) => id === undefined || trace.steps.has(id)
  if (line.list !== undefined && line.list !== '/') return trace.lists.has(line.list) && done(line.into)
  if (line.into !== undefined) return done(line.into) && done(line.from)
  return line.from !== undefined && trace.steps.get(line.from)?.status === 'succeeded'
}
