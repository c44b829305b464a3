import { SaxesParser } from 'saxes'
import { FileFault, largest } from './incoming.ts'

/** An element with its text and what stands in it. Attributes say nothing in the returns that are read here. */
export interface XmlElement {
  readonly name: string
  /** The line on which it begins. */
  readonly line: number
  readonly text: string
  readonly children: readonly XmlElement[]
}

interface Open {
  readonly name: string
  readonly line: number
  text: string
  readonly children: XmlElement[]
}

/** Elements of one file: a child of the largest census has fewer. */
const mostElements = 20_000_000

/**
 * The document element of an XML file. A document type is refused, so that no entity is ever declared: none is fetched,
 * and none unfolds. Names are read without their prefix.
 *
 * @throws FileFault with the line where it is no XML.
 */
export function documentElement(text: string, name: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const stack: Open[] = []
  let root: XmlElement | null = null
  let count = 0
  const refuse = (why: string): never => {
    throw new FileFault(`${name}, line ${parser.line}: ${why}`)
  }
  parser.on('error', () => refuse('this is no well-formed XML. Nothing of the file is taken.'))
  parser.on('doctype', () => refuse('the file declares a document type, which is not read here.'))
  parser.on('opentag', (tag) => {
    count += 1
    if (stack.length >= largest.depth) refuse(`elements stand more than ${largest.depth} deep in each other.`)
    if (count > mostElements) refuse(`the file has more than ${mostElements} elements.`)
    stack.push({ name: localName(tag.name), line: parser.line, text: '', children: [] })
  })
  const addText = (part: string) => {
    const open = stack.at(-1)
    // One beyond the size is enough to tell that it is beyond.
    if (open && open.text.length <= largest.text) open.text += part.slice(0, largest.text + 1)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (!closed) return
    // Text between elements, as editors leave it, says nothing.
    const element = { ...closed, text: closed.children.length > 0 ? '' : closed.text.trim() }
    const outer = stack.at(-1)
    if (outer) outer.children.push(element)
    else root = element
  })
  parser.write(text).close()
  return root ?? refuse('there is no element.')
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Elements of one name that stand directly in another. */
export const elementsIn = ({ children }: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
  children.filter(({ name }) => names.includes(name))

/** Elements along a path of names. */
export const elementsAt = (element: XmlElement, ...path: readonly string[]): readonly XmlElement[] =>
  path.reduce<readonly XmlElement[]>((found, name) => found.flatMap((each) => elementsIn(each, name)), [element])

/** Text of the first element of these names that has any, standing directly in another; undefined where none has. */
export const textAt = (element: XmlElement, ...names: readonly string[]): string | undefined =>
  elementsIn(element, ...names).find(({ text }) => text !== '')?.text
