import type { Dice } from '../seeds/generated/dice.ts'

/** The same things in another order, which the dice decide. */
export const shuffled = <T>(items: readonly T[], dice: Dice): T[] => {
  const order = [...items]
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = dice.between(0, place)
    const [one, two] = [order[place], order[other]]
    if (one !== undefined && two !== undefined) [order[place], order[other]] = [two, one]
  }
  return order
}
