import type { Stage } from './chapterContext.ts'
import { consentStory } from './chapters/consent.ts'
import { messagesStory } from './chapters/messages.ts'
import { proofStory } from './chapters/proof.ts'
import { transferStory } from './chapters/transfer.ts'
import { unifiedViewStory } from './chapters/unifiedView.ts'

/** The story, in order. Later chapters read the trail that earlier ones left in the audit log. */
export const chapters: readonly ((stage: Stage) => Promise<void>)[] = [
  unifiedViewStory,
  consentStory,
  transferStory,
  messagesStory,
  proofStory,
]
