/** For each code with which a text can be refused as a document, a text that has this wrong. */
export const DOCUMENT_EXAMPLES: { readonly [code: string]: string } = {
  'document.notJson': '{ "schema": 1, "id":',
  'document.notAnObject': '["start", "done"]',
  'document.json': '{ "schema": 1, "id": "support", "nodes": [], "meta": { "prototype": 1 } }',
  'document.noSchema': '{ "id": "support", "nodes": [] }',
  'document.newerSchema': '{ "schema": 99, "id": "support", "nodes": [] }',
  'document.unknownMember':
    '{ "schema": 1, "id": "support", "nodes": [{ "id": "menu", "type": "menu@1", "lable": "Menu" }] }',
  'document.shape': '{ "schema": 1, "id": "support", "nodes": [{ "id": 7, "type": "menu@1" }] }',
  'document.repeated':
    '{ "schema": 1, "id": "support", "nodes": [{ "id": "menu", "type": "menu@1" }, { "id": "menu", "type": "menu@1" }] }',
}

/** Details of what no text can show as long as this build is whole. */
export const UNSEEN_DETAILS = {
  'document.noMigration': { schema: 1 },
  'bundle.noMigration': { schema: 1 },
} as const
