import { expect, it } from 'vitest'
import type { FlowTemplate } from '../../../src/editing/templates/flow-template.ts'
import { createTemplateCatalog } from '../../../src/editing/templates/template-catalog.ts'
import { TEMPLATES } from '../../../src/editing/templates/templates.ts'
import { thrownCode } from '../../support/errors.ts'

const ours: FlowTemplate = { ...TEMPLATES[0]!, id: 'parking-permit', title: 'Parking permit' }

it('[DOC-2] built-in and host templates are listed together, in the order given', () => {
  const listed = [...createTemplateCatalog([...TEMPLATES, ours])]
  expect(listed).toEqual([...TEMPLATES, ours])
})

it('[DOC-2] built-in and host templates are chosen by id', () => {
  const catalog = createTemplateCatalog([...TEMPLATES, ours])
  expect(catalog.get('parking-permit')).toBe(ours)
  expect(catalog.get('support-ivr')).toBe(TEMPLATES[0])
  expect(catalog.get('constructor')).toBeUndefined()
})

it('suggests the id that a misspelt one most likely meant', () => {
  const catalog = createTemplateCatalog(TEMPLATES)
  expect(catalog.suggest('suport-ivr')).toBe('support-ivr')
  expect(catalog.suggest('bakery')).toBeUndefined()
})

it('refuses two templates under one id', () => {
  const twice = [...TEMPLATES, { ...ours, id: 'support-ivr' }]
  expect(thrownCode(() => createTemplateCatalog(twice))).toBe('template.repeated')
})
