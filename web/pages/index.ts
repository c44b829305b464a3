import type { Page } from '../pageVisit.ts'
import { byNumberPages } from './byNumber.ts'
import { accessPage } from './child/access.ts'
import { activityPages } from './child/activity.ts'
import { alertPages } from './child/alerts.ts'
import { chronologyPage } from './child/chronology.ts'
import { familyPage } from './child/family.ts'
import { harmPage } from './child/harmPatterns.ts'
import { linkPages } from './child/links.ts'
import { childMessagesPage } from './child/messages.ts'
import { overviewPage } from './child/overview.ts'
import { purposePage } from './child/purpose.ts'
import { picturePages } from './child/riskAndHelpOverTime.ts'
import { actPages } from './child/sendChildForm.ts'
import { tabPages } from './child/tabs.ts'
import { withheldPages } from './child/withheld.ts'
import { dutyPages } from './duties.ts'
import { boxPages } from './exchange/inboxAndOutbox.ts'
import { messagePages } from './exchange/message.ts'
import { sendPages } from './exchange/sendMessage.ts'
import { findPages } from './find.ts'
import { governancePages } from './governance/index.ts'
import { homePage } from './home.ts'
import { identityPages } from './identity.ts'
import { oversightPages } from './oversight/index.ts'
import { recordPages } from './recordEntry.ts'
import { sessionPages } from './session.ts'
import { sourcesPage } from './sourceStates.ts'
import { transferPages } from './transfer.ts'
import { transferListPage } from './transfers.ts'
import { worklistPage } from './worklist.ts'

/** Every address that needs somebody signed in. */
export const pages: readonly Page[] = [
  homePage,
  ...sessionPages,
  ...findPages,
  overviewPage,
  ...alertPages,
  childMessagesPage,
  chronologyPage,
  familyPage,
  ...picturePages,
  harmPage,
  ...tabPages,
  ...activityPages,
  ...linkPages,
  ...withheldPages,
  accessPage,
  ...actPages,
  ...recordPages,
  purposePage,
  ...boxPages,
  ...sendPages,
  ...messagePages,
  transferListPage,
  ...transferPages,
  ...identityPages,
  ...dutyPages,
  ...byNumberPages,
  ...governancePages,
  ...oversightPages,
  sourcesPage,
  worklistPage,
]
