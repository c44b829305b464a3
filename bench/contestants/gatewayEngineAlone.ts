import { openModule } from './gatewayWithoutSecurity.ts'
import { startAs } from './startAs.ts'

await startAs(openModule)
