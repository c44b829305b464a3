import { decoded } from './codeWords.ts'
import type { Row, SourceContract } from './contract.ts'
import { capital, coded, sentence, span } from './narration.ts'
import { currentCodes } from './publishedCodes.ts'

/**
 * Where children's social care keeps what it holds. Tables and columns that the Standard Safeguarding Dataset defines
 * carry its public names (`ssd_…`); what the dataset lacks (recorded time, force, family beyond the mother, restraint,
 * meetings' attendance, exploitation) stands in columns and tables without that prefix.
 */
export const contract: SourceContract = {
  name: 'socialCare',
  title: "Children's social care",
  agency: 'CHILDRENS_SOCIAL_CARE',
  home: 'SOCIAL_CARE',
  alsoHeldBy: ['CARE_PROVIDER'],
  system: 'social-care-case-management',
  speakers: {
    SOCIAL_CARE: ['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP', 'YOUTH_JUSTICE'],
    MASH: ['CHILDRENS_SOCIAL_CARE'],
    CARE_PROVIDER: ['CHILDRENS_HOME', 'FOSTER_CARER'],
    COURT: ['COURT'],
  },
  beforeRelease:
    'Ask whether it would cause serious harm to anyone (DPA 2018 Sch 3 Part 3). Read free text for other people.',
  lists: {
    person: {
      transferred: true,
      identifiers: { laChildId: 'LA_CHILD_ID' },
      ownNumber: 'laChildId',
      codes: { sex: 'sex' },
    },
    addresses: {
      transferred: true,
      rowLabels: ['ADDRESS_PROTECTED'],
    },
    communication: {
      transferred: true,
    },
    family: {
      transferred: true,
      rowLabels: ['DOMESTIC_ABUSE'],
    },
    involvements: {
      relationship: { kind: 'ALLOCATED' },
      names: ['kind', 'service', 'role'],
      transferred: true,
      involvement: {
        kind: { field: 'kind', otherwise: 'SOCIAL_CARE' },
        service: ['service'],
        professional: 'professional',
      },
      chronology: {
        fields: ['kind', 'service', 'endReason', 'from', 'to'],
        tell: (row) => ({
          headline: capital(sentence`${coded(row.service ?? row.kind)} involved${span(row.from, row.to)}`),
          action: sentence`${row.endReason}`,
        }),
      },
    },
    contacts: {
      transferred: true,
      chronology: {
        fields: ['fromAgency', 'concerns', 'outcome', 'outOfHours'],
        tell: (row) => ({
          headline: sentence`Contact from ${coded(row.fromAgency)}: ${coded(row.concerns)}`,
          action: sentence`${coded(row.outcome)}`,
        }),
      },
    },
    referrals: {
      transferred: true,
      codes: { primaryNeed: 'need' },
      chronology: {
        fields: ['primaryNeed', 'closedOn', 'closureReason'],
        tell: (row) => ({
          headline: sentence`Referral opened${row.primaryNeed ? `, need: ${decoded('need', row.primaryNeed)}` : ''}`,
          action: sentence`${row.closedOn ? `closed ${row.closedOn}, reason: ${decoded('closure', row.closureReason) ?? 'not stated'}` : null}`,
        }),
      },
    },
    assessments: {
      transferred: true,
      chronology: {
        fields: ['kind', 'factors', 'authorisedAt'],
        tell: (row) => ({
          headline: sentence`Assessment: ${coded(row.kind)}, factors: ${decoded('assessmentFactor', row.factors)}`,
        }),
      },
    },
    s47Enquiries: {
      transferred: true,
      chronology: {
        fields: ['startedOn', 'endedOn', 'outcome'],
        tell: (row) => ({
          headline: sentence`Section 47 enquiry${span(row.startedOn, row.endedOn)}`,
          action: sentence`${coded(row.outcome)}`,
        }),
      },
    },
    meetings: {
      transferred: true,
      chronology: {
        fields: ['type', 'status', 'outcome'],
        tell: (row) => ({
          headline: capital(sentence`${coded(row.type) ?? 'meeting'} ${coded(row.status)}`),
          action: sentence`${coded(row.outcome)}`,
        }),
      },
    },
    invitees: {
      names: ['role', 'agency'],
      parent: { list: 'meetings', field: 'invitees' },
    },
    plans: {
      transferred: true,
      kinds: currentCodes('abuse'),
      codes: { category: 'abuse' },
      chronology: {
        fields: ['level', 'category', 'from', 'to'],
        tell: (row) => ({
          headline: sentence`Plan: ${coded(row.level)}${row.category ? `, category ${decoded('abuse', row.category)}` : ''}${span(row.from, row.to)}`,
        }),
      },
    },
    actions: {
      transferred: true,
      parent: { list: 'plans', field: 'actions' },
      ownedBy: 'owner',
    },
    placements: {
      relationship: { kind: 'ALLOCATED' },
      transferred: true,
      kinds: currentCodes('placement'),
      codes: { code: 'placement' },
      chronology: {
        fields: ['code', 'provider', 'la', 'from', 'to', 'changeReason'],
        tell: (row) => ({
          headline: sentence`Placement: ${decoded('placement', row.code)}${row.la ? `, in ${row.la}` : null}${span(row.from, row.to)}`,
          action: sentence`${decoded('placementChange', row.changeReason)}`,
        }),
      },
    },
    legalStatuses: {
      transferred: true,
      kinds: currentCodes('legalStatus'),
      codes: { code: 'legalStatus' },
      chronology: {
        fields: ['code', 'from', 'to', 'endReason'],
        tell: (row) => ({
          headline: sentence`Legal status: ${decoded('legalStatus', row.code)}${span(row.from, row.to)}`,
          action: sentence`${decoded('episodeCeased', row.endReason)}`,
        }),
      },
    },
    orders: {
      transferred: true,
      chronology: {
        fields: ['type', 'from', 'to'],
        tell: (row) => ({ headline: sentence`Court order: ${coded(row.type)}${span(row.from, row.to)}` }),
      },
    },
    missing: {
      transferred: true,
      chronology: {
        fields: ['from', 'to', 'reported', 'loggedBy', 'interviewSummary'],
        tell: (row) => ({
          headline: sentence`Missing${span(row.from, row.to)}${row.reported === false ? ', not reported to police' : ''}`,
          action: sentence`${row.interviewSummary}`,
        }),
      },
    },
    exploitation: {
      transferred: true,
      chronology: {
        fields: ['tool', 'toolLevel', 'professionalLevel', 'rationale'],
        tell: (row) => ({
          headline: sentence`Exploitation assessment: ${coded(row.toolLevel) ?? 'nothing'} by the tool, ${coded(row.professionalLevel) ?? 'nothing'} by the professional`,
          action: sentence`${row.rationale}`,
        }),
      },
    },
    visits: {
      chronology: {
        fields: ['seen', 'seenAlone', 'note'],
        tell: (row) => ({
          headline: sentence`Visit${seenOn(row)}`,
          action: sentence`${row.note}`,
        }),
      },
    },
    voice: {
      transferred: true,
      chronology: { fields: ['medium', 'text'], tell: (row) => ({ headline: sentence`The child said: ${row.text}` }) },
    },
    restraints: {
      transferred: true,
      chronology: {
        fields: ['setting', 'technique', 'injury'],
        tell: (row) => ({
          headline: sentence`Restraint, ${coded(row.setting)}: ${coded(row.technique)}${row.injury ? ', injury' : ''}`,
        }),
      },
    },
    libertyRestrictions: {
      transferred: true,
      chronology: {
        fields: ['kind', 'authorised'],
        tell: (row) => ({
          headline: sentence`Liberty restricted: ${coded(row.kind)}${row.authorised === false ? ', no order' : ''}`,
        }),
      },
    },
    carerLog: {
      chronology: {
        fields: ['category', 'text'],
        tell: (row) => ({
          headline: sentence`Carer's log: ${coded(row.category)}`,
          impactOnChild: sentence`${row.text}`,
        }),
      },
    },
    onlineIdentifiers: {},
    triggers: { transferred: true },
    hazards: { transferred: true },
    chronologyEntries: {
      chronology: {
        fields: ['text', 'significance', 'analysis', 'impactOnChild', 'status', 'positive'],
        tell: (row) => ({
          headline: sentence`${row.text}` || 'Entry of the chronology',
          impactOnChild: sentence`${row.impactOnChild}`,
          positive: row.positive === true,
          curated: {
            significance: sentence`${row.significance}` || null,
            analysis: sentence`${row.analysis}` || null,
            status: sentence`${coded(row.status)}` || null,
          },
        }),
      },
    },
    interventions: {
      names: ['kind', 'provider'],
      chronology: {
        fields: ['provider', 'kind', 'outcome'],
        tell: (row) => ({
          headline: sentence`Intervention: ${coded(row.kind)} by ${row.provider}`,
          action: sentence`${coded(row.outcome)}`,
        }),
      },
    },
    forumListings: {
      chronology: {
        fields: ['forum', 'outcome'],
        tell: (row) => ({
          headline: sentence`On the list of a multi-agency forum: ${row.forum}`,
          action: sentence`${coded(row.outcome)}`,
        }),
      },
    },
    adoption: {
      chronology: {
        fields: ['relation', 'adoptedOn'],
        tell: (row) => ({ headline: sentence`Adoption: ${coded(row.relation)}, ${row.adoptedOn}` }),
      },
    },
    legalAdvice: {},
  },
}

/** What is said of a visit: that nobody recorded whether the child was seen is no visit without them. */
const seenOn = ({ seen, seenAlone }: Row): string =>
  seen === true ? `, child ${seenAlone === true ? 'seen alone' : 'seen'}` : seen === false ? ', child not seen' : ''
