import { idOf, type Json, listAt, objectAt, referenceAt } from './json.ts'
import type { ResourceType } from './searches.ts'

/** Children whom a resource is about. */
export function subjectsOf({ type, subject }: ResourceType, resource: Json, base: string): readonly string[] {
  if (type === 'Patient') return idOf(resource) === null ? [] : [String(resource['id'])]
  const references = subject.flatMap((element) =>
    element === 'participant'
      ? listAt(resource, element).map((each) => referenceAt(each, 'actor', base))
      : [objectAt(resource, element) ? referenceAt(resource, element, base) : null],
  )
  return [
    ...new Set(
      references.flatMap((reference) =>
        reference?.startsWith('Patient/') ? [reference.slice('Patient/'.length)] : [],
      ),
    ),
  ]
}
