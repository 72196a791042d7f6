import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROOT } from '../../../lib/document/tree'
import { suggestionsQuery } from '../../params/api'
import { isSample, requestsQuery } from '../../samples/api'
import { useSampleChoice } from '../../samples/choice'
import { useDesk } from '../desk'
import { useAdd } from '../palette/useAdd'
import { useEditor, useEditorStore } from '../store'
import { mayOffer, personIn, rememberAnswer, wasAnswered } from './firstContact'

const CREATE = 'contact.upsert'
const FIND = 'contact.find'

export interface ContactOfferProps {
  /** What the sample calls the person. */
  who: string
  create: () => void
  /** Undefined when contacts cannot be looked up here. */
  find: (() => void) | undefined
}

/** What the panel of the first trigger offers once a sample names somebody; undefined when it offers nothing. */
export function useContactOffer(subject: string): (ContactOfferProps & { decline: () => void }) | undefined {
  const { ws, id, types } = useDesk()
  const store = useEditorStore()
  const add = useAdd()
  const [answered] = useState(() => wasAnswered(id))
  const may = useEditor((s) => mayOffer({ definition: s.draft.definition, readOnly: s.readOnly, subject, answered })) && types.has(CREATE)
  const choice = useSampleChoice(id)
  const { data: list } = useInfiniteQuery({ ...requestsQuery(ws, id), enabled: may })
  const newest = (list?.pages ?? []).flatMap((page) => page.items ?? []).find((r) => r.trigger_id === subject && isSample(r))
  const sample = choice.triggerId === subject && choice.requestId ? choice.requestId : newest?.id
  // The same question as the new step's form asks, so that it has its answer at once.
  const { data } = useQuery({ ...suggestionsQuery(ws, id, CREATE, subject, sample), enabled: may && sample !== undefined, placeholderData: keepPreviousData })
  const who = may && sample !== undefined ? personIn(data ?? []) : undefined
  if (who === undefined) return undefined
  const goOn = (name: string) => {
    const type = types.get(name)
    if (!type) return
    rememberAnswer(id)
    add({ what: 'step', place: { list: ROOT, index: 0 } }, type)
    // What was found in the sample is offered beside the fields.
    const { setTab, fillIn } = store.getState()
    setTab('fields')
    fillIn()
  }
  return {
    who,
    create: () => goOn(CREATE),
    find: types.has(FIND) ? () => goOn(FIND) : undefined,
    decline: () => rememberAnswer(id),
  }
}
