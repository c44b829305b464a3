import { openModule } from './openDoor.ts'
import { startAs } from './startAs.ts'

await startAs(openModule)
