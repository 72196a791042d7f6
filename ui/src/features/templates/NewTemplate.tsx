import { Button, FileButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { importTemplate } from '../../api/clones'
import { ApiError } from '../../api/http'
import { ErrorNote } from '../../components/ErrorNote'
import { parseJson } from '../../lib/json'
import { clones as words } from '../../lib/text/en/clones'

const Modal = lazy(() => import('../../components/Modal').then((m) => ({ default: m.Modal })))

/** Makes a template of workflows, or takes one from a file. */
export function NewTemplate({ ws }: { ws: string }) {
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: async (file: File) => {
      let read: unknown
      try {
        read = parseJson(await file.text())
      } catch {
        throw new ApiError(words.notJson, 422)
      }
      return importTemplate(ws, read)
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ['ws', ws, 'templates'] }),
  })
  return (
    <>
      <FileButton accept=".json,application/json" onChange={(file) => file && take.mutate(file)}>
        {(props) => (
          <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} loading={take.isPending} {...props}>
            {words.importFile}
          </Button>
        )}
      </FileButton>
      <Button leftSection={<IconPlus size={16} aria-hidden />} renderRoot={(props) => <Link to="/w/$ws/templates/new" params={{ ws }} {...props} />}>
        {words.make}
      </Button>
      <Suspense>
        {take.error && (
          <Modal opened onClose={() => take.reset()} title={words.importFailed}>
            <ErrorNote error={take.error} />
          </Modal>
        )}
      </Suspense>
    </>
  )
}
