import { analyst } from '../issuer.ts'
import { firstScreen as question } from '../questions/firstScreen.ts'
import { atLeast, gateway, inTurn, named, type Row, ratio } from './measuringPlace.ts'

/** The first screen through the gateway, and by hand over the same rows. */
export const firstScreen: Row = {
  name: 'screen',
  title: 'The first screen of a child against the bare limit that reads the same rows',
  measure: async (place) => {
    const [ours, limit] = [
      await place.start(gateway(), place.environment),
      await place.start(named('limit'), place.environment),
    ]
    const [ofOurs = [], ofLimit = []] = await inTurn(
      place,
      [ours, limit].map((running) => ({ running, question, who: analyst })),
    )
    return [
      atLeast(
        'First screen, requests against the bare limit',
        ratio(ofOurs, ofLimit, (of) => of.perSecond),
        0.5,
        '×',
      ),
    ]
  },
}
