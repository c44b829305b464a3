/**
 * Postcodes that are no place, by NHS Data Dictionary, POSTCODE OF USUAL ADDRESS: the ZZ99 series says "no fixed
 * abode" (ZZ99 3VZ), "not known" (ZZ99 3WZ) or names a country; and what forms write where a postcode has to stand.
 * Such a code is no evidence. Hotels, hostels and hospitals are not listed: they are learnt from the register, as
 * codes that more families share than live in a street.
 */
const pseudo =
  /^(ZZ99|XX99|AA999AA|AA11AA|AA11AAA|A11AA|X11XX|XX11XX|ZZ11ZZ|NF11NF|NOFIXEDABOD|NFA$|NA$|NK$|UNKNOWN|NOTKNOWN|NONE$|XXX|ZZZ|0+$|9+$)/

/** Whether a normalised postcode says that there is none. */
export const isPseudoPostcode = (code: string): boolean => pseudo.test(code)
