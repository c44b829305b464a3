import type { SourceContract } from './contract.ts'
import { sentence, span } from './narration.ts'

/**
 * Where children's social care keeps what it holds. Tables and columns that the Standard Safeguarding Dataset defines carry
 * its public names (`ssd_…`); what the dataset lacks (recorded time, force, family beyond the mother, restraint, meetings'
 * attendance, exploitation) stands in columns and tables without that prefix.
 */
export const contract: SourceContract = {
  name: 'socialCare',
  title: "Children's social care",
  agency: 'CHILDRENS_SOCIAL_CARE',
  home: 'SOCIAL_CARE',
  alsoHeldBy: ['CARE_PROVIDER'],
  contact: "Children's social care front door, 01632 960340",
  system: 'social-care-case-management',
  speakers: {
    SOCIAL_CARE: ['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP'],
    MASH: ['CHILDRENS_SOCIAL_CARE'],
    CARE_PROVIDER: ['CHILDRENS_HOME', 'FOSTER_CARER'],
  },
  beforeRelease:
    'Ask whether it would cause serious harm to anyone (DPA 2018 Sch 3 Part 3). Read free text for other people.',
  lists: {
    person: {
      table: 'ssd_person',
      transferred: true,
      common: { id: 'pers_table_id', person: 'pers_person_id' },
      columns: {
        laChildId: 'pers_legacy_id',
        family: 'pers_surname',
        given: 'pers_forename',
        dateOfBirth: 'pers_dob',
        expectedDate: 'pers_expected_dob',
        sex: 'pers_sex',
        nhsNumber: 'pers_common_child_id',
        upn: 'pers_upn',
        ethnicity: 'pers_ethnicity',
        immigration: 'immigration_status',
      },
      identifiers: { laChildId: 'LA_CHILD_ID' },
    },
    addresses: {
      table: 'ssd_address',
      transferred: true,
      rowLabels: ['ADDRESS_PROTECTED'],
      common: { id: 'addr_table_id', person: 'addr_person_id' },
      columns: {
        from: 'addr_address_start_date',
        to: 'addr_address_end_date',
        postcode: 'addr_address_postcode',
        la: 'address_la',
        force: 'address_force',
        protected: 'protected_address',
      },
    },
    communication: {
      table: 'communication_need',
      transferred: true,
      columns: { whose: 'person_concerned', language: 'language_tag' },
    },
    family: {
      table: 'ssd_family',
      transferred: true,
      rowLabels: ['DOMESTIC_ABUSE'],
      common: { id: 'fami_table_id', person: 'fami_person_id' },
      columns: { name: 'relative_name' },
    },
    involvements: {
      table: 'ssd_involvements',
      transferred: true,
      involvement: {
        kind: { field: 'kind', otherwise: 'SOCIAL_CARE' },
        service: ['service'],
        professional: 'professional',
      },
      common: { id: 'invo_involvements_id', person: 'invo_person_id' },
      columns: {
        professional: 'invo_professional_id',
        role: 'invo_professional_role_id',
        service: 'invo_professional_team',
        from: 'invo_involvement_start_date',
        to: 'invo_involvement_end_date',
        endReason: 'invo_worker_change_reason',
        contact: 'contact_line',
      },
      chronology: {
        fields: ['kind', 'service', 'endReason', 'from', 'to'],
        tell: (row) => ({
          headline: sentence`${row.service ?? row.kind} involved${span(row.from, row.to)}`,
          action: sentence`${row.endReason}`,
        }),
      },
    },
    contacts: {
      table: 'ssd_contacts',
      transferred: true,
      common: { id: 'cont_contact_id', person: 'cont_person_id', eventAt: 'cont_contact_date' },
      columns: { sourceCode: 'cont_contact_source_code', outcome: 'cont_contact_outcome' },
      chronology: {
        fields: ['fromAgency', 'concerns', 'outcome', 'outOfHours'],
        tell: (row) => ({
          headline: sentence`Contact from ${row.fromAgency}: ${row.concerns}`,
          action: sentence`${row.outcome}`,
        }),
      },
    },
    referrals: {
      table: 'ssd_cin_episodes',
      transferred: true,
      common: { id: 'cine_referral_id', person: 'cine_person_id', eventAt: 'cine_referral_date' },
      columns: {
        sourceCode: 'cine_referral_source_code',
        primaryNeed: 'cine_cin_primary_need_code',
        noFurtherAction: 'cine_referral_nfa',
        closedOn: 'cine_close_date',
        closureReason: 'cine_close_reason',
      },
      chronology: {
        fields: ['primaryNeed', 'closedOn', 'closureReason'],
        tell: (row) => ({
          headline: sentence`Referral opened, need ${row.primaryNeed}`,
          action: sentence`${row.closedOn ? `closed ${row.closedOn}, reason ${row.closureReason ?? 'not stated'}` : null}`,
        }),
      },
    },
    assessments: {
      table: 'ssd_cin_assessments',
      transferred: true,
      common: { id: 'cina_assessment_id', person: 'cina_person_id', eventAt: 'cina_assessment_start_date' },
      columns: {
        authorisedAt: 'cina_assessment_auth_date',
        childSeen: 'cina_assessment_child_seen',
        factors: 'cinf_assessment_factors',
        kind: 'assessment_kind',
        dueAt: 'due_on',
      },
      chronology: {
        fields: ['kind', 'factors', 'authorisedAt'],
        tell: (row) => ({ headline: sentence`Assessment: ${row.kind}, factors ${row.factors}` }),
      },
    },
    s47Enquiries: {
      table: 'ssd_s47_enquiry',
      transferred: true,
      common: { id: 's47e_s47_enquiry_id', person: 's47e_person_id' },
      columns: { startedOn: 's47e_s47_start_date', endedOn: 's47e_s47_end_date', outcome: 's47e_s47_outcome' },
      chronology: {
        fields: ['startedOn', 'endedOn', 'outcome'],
        tell: (row) => ({
          headline: sentence`Section 47 enquiry${span(row.startedOn, row.endedOn)}`,
          action: sentence`${row.outcome}`,
        }),
      },
    },
    meetings: {
      table: 'meeting',
      transferred: true,
      columns: { type: 'meeting_type', status: 'meeting_status' },
      chronology: {
        fields: ['type', 'status', 'outcome'],
        tell: (row) => ({
          headline: sentence`${row.type ?? 'Meeting'} ${row.status}`,
          action: sentence`${row.outcome}`,
        }),
      },
    },
    invitees: {
      table: 'meeting_invitee',
      columns: { role: 'invitee_role', la: 'invitee_la', agency: 'invitee_agency' },
      parent: { list: 'meetings', field: 'invitees' },
    },
    plans: {
      table: 'ssd_cp_plans',
      transferred: true,
      common: { id: 'cppl_cp_plan_id', person: 'cppl_person_id' },
      columns: {
        from: 'cppl_cp_plan_start_date',
        to: 'cppl_cp_plan_end_date',
        category: 'cppl_cp_plan_latest_category',
        level: 'plan_level',
      },
      chronology: {
        fields: ['level', 'category', 'from', 'to'],
        tell: (row) => ({
          headline: sentence`Plan: ${row.level}${row.category ? `, category ${row.category}` : ''}${span(row.from, row.to)}`,
        }),
      },
    },
    actions: {
      table: 'plan_action',
      transferred: true,
      columns: { text: 'action_text', owner: 'owner_agency', state: 'action_state', due: 'due_on' },
      parent: { list: 'plans', field: 'actions' },
      ownedBy: 'owner',
    },
    placements: {
      table: 'ssd_cla_placement',
      transferred: true,
      common: { id: 'clap_cla_placement_id', person: 'clap_person_id' },
      columns: {
        code: 'clap_cla_placement_type',
        ofstedUrn: 'clap_cla_placement_urn',
        providerCode: 'clap_cla_placement_provider',
        from: 'clap_cla_placement_start_date',
        to: 'clap_cla_placement_end_date',
        changeReason: 'clap_cla_placement_change_reason',
        la: 'placement_la',
        force: 'placement_force',
        provider: 'provider_name',
        contact: 'contact_line',
      },
      chronology: {
        fields: ['code', 'provider', 'la', 'from', 'to', 'changeReason'],
        tell: (row) => ({
          headline: sentence`Placement ${row.code} in ${row.la}${span(row.from, row.to)}`,
          action: sentence`${row.changeReason}`,
        }),
      },
    },
    legalStatuses: {
      table: 'ssd_legal_status',
      transferred: true,
      common: { id: 'lega_legal_status_id', person: 'lega_person_id' },
      columns: { code: 'lega_legal_status', from: 'lega_legal_status_start_date', to: 'lega_legal_status_end_date' },
      chronology: {
        fields: ['code', 'from', 'to', 'endReason'],
        tell: (row) => ({
          headline: sentence`Legal status ${row.code}${span(row.from, row.to)}`,
          action: sentence`${row.endReason}`,
        }),
      },
    },
    orders: {
      table: 'court_order',
      transferred: true,
      columns: { type: 'order_type', from: 'in_force_from', to: 'in_force_to' },
      chronology: {
        fields: ['type', 'from', 'to'],
        tell: (row) => ({ headline: sentence`Court order: ${row.type}${span(row.from, row.to)}` }),
      },
    },
    missing: {
      table: 'ssd_missing',
      transferred: true,
      common: { id: 'miss_table_id', person: 'miss_person_id' },
      columns: {
        from: 'miss_missing_episode_start_date',
        to: 'miss_missing_episode_end_date',
        kind: 'miss_missing_episode_type',
        interviewOffered: 'miss_missing_rhi_offered',
        interviewAccepted: 'miss_missing_rhi_accepted',
        force: 'reported_to_force',
      },
      chronology: {
        fields: ['from', 'to', 'reported', 'loggedBy', 'interviewSummary'],
        tell: (row) => ({
          headline: sentence`Missing${span(row.from, row.to)}${row.reported === false ? ', not reported to police' : ''}`,
          action: sentence`${row.interviewSummary}`,
        }),
      },
    },
    exploitation: {
      table: 'exploitation_assessment',
      transferred: true,
      columns: { group: 'threshold_group', version: 'tool_version' },
      chronology: {
        fields: ['tool', 'toolLevel', 'professionalLevel', 'rationale'],
        tell: (row) => ({
          headline: sentence`Exploitation assessment: tool ${row.toolLevel}, professional ${row.professionalLevel ?? 'not given'}`,
          action: sentence`${row.rationale}`,
        }),
      },
    },
    visits: {
      table: 'ssd_cla_visits',
      common: { id: 'clav_cla_visit_id', person: 'clav_person_id' },
      columns: { seen: 'clav_cla_visit_seen', seenAlone: 'clav_cla_visit_seen_alone' },
      chronology: {
        fields: ['seen', 'seenAlone', 'note'],
        tell: (row) => ({
          headline: sentence`Visit, child ${row.seen ? (row.seenAlone ? 'seen alone' : 'seen') : 'not seen'}`,
          action: sentence`${row.note}`,
        }),
      },
    },
    voice: {
      table: 'ssd_voice_of_child',
      transferred: true,
      common: { id: 'voch_table_id', person: 'voch_person_id' },
      columns: { text: 'voice_text' },
      chronology: { fields: ['medium', 'text'], tell: (row) => ({ headline: sentence`The child said: ${row.text}` }) },
    },
    restraints: {
      table: 'restraint_log',
      transferred: true,
      chronology: {
        fields: ['setting', 'technique', 'injury'],
        tell: (row) => ({
          headline: sentence`Restraint, ${row.setting}: ${row.technique}${row.injury ? ', injury' : ''}`,
        }),
      },
    },
    libertyRestrictions: {
      table: 'liberty_restriction',
      transferred: true,
      chronology: {
        fields: ['kind', 'authorised'],
        tell: (row) => ({ headline: sentence`Liberty restricted: ${row.kind}${row.authorised ? '' : ', no order'}` }),
      },
    },
    carerLog: {
      table: 'carer_log',
      columns: { text: 'entry' },
      chronology: {
        fields: ['category', 'text'],
        tell: (row) => ({ headline: sentence`Carer's log: ${row.category}`, impactOnChild: sentence`${row.text}` }),
      },
    },
    triggers: { table: 'known_trigger', transferred: true, columns: { text: 'trigger_text' } },
    hazards: { table: 'hazard', transferred: true, columns: { text: 'hazard_text' } },
    interventions: {
      table: 'intervention',
      chronology: {
        fields: ['provider', 'kind', 'outcome'],
        tell: (row) => ({
          headline: sentence`Intervention: ${row.kind} by ${row.provider}`,
          action: sentence`${row.outcome}`,
        }),
      },
    },
    adoption: {
      table: 'ssd_permanence',
      common: { id: 'perm_table_id', person: 'perm_person_id' },
      columns: { adoptedOn: 'perm_adopted_on' },
      chronology: {
        fields: ['relation', 'adoptedOn'],
        tell: (row) => ({ headline: sentence`Adoption: ${row.relation}, ${row.adoptedOn}` }),
      },
    },
    legalAdvice: { table: 'legal_advice', columns: { text: 'advice' } },
  },
}
