/**
 * Whether a link is of the same holder's person as a record of the register, in SQL. One that was noted before holders
 * were told apart stands for every holder of the agency.
 */
export const sameHolder = "(person.holder = '' or link.holder in ('', person.holder))"
