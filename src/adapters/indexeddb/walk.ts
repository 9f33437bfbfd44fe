/// <reference lib="dom" />

/** Visits what a cursor comes to, one by one, until a visit answers false. */
export function walk<Row>(
  request: IDBRequest<IDBCursorWithValue | null>,
  visit: (row: Row) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const cursor = request.result
      if (cursor === null || !visit(cursor.value as Row)) resolve()
      else cursor.continue()
    }
  })
}
