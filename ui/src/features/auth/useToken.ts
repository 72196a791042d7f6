import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** The token of a link, taken out of the address bar so that it is not kept or shared by accident. */
export function useToken(path: '/setup' | '/reset'): string | undefined {
  const search = useSearch({ from: path })
  const navigate = useNavigate()
  const [token] = useState(search.token)
  useEffect(() => {
    if (search.token) void navigate({ to: path, search: {}, replace: true })
  }, [search.token, navigate, path])
  return token
}
