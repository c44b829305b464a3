import type { KindTables } from '../tables.ts'

/** Where children's social care tables differ from the convention. */
export const socialCare: KindTables = {
  person: {
    table: 'ssd_person',
    common: {
      id: 'pers_table_id',
      person: 'pers_person_id',
    },
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
  },
  addresses: {
    table: 'ssd_address',
    common: {
      id: 'addr_table_id',
      person: 'addr_person_id',
    },
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
    columns: {
      whose: 'person_concerned',
      language: 'language_tag',
    },
  },
  family: {
    table: 'ssd_family',
    common: {
      id: 'fami_table_id',
      person: 'fami_person_id',
    },
    columns: {
      name: 'relative_name',
    },
  },
  involvements: {
    table: 'ssd_involvements',
    common: {
      id: 'invo_involvements_id',
      person: 'invo_person_id',
    },
    columns: {
      professional: 'invo_professional_id',
      role: 'invo_professional_role_id',
      service: 'invo_professional_team',
      from: 'invo_involvement_start_date',
      to: 'invo_involvement_end_date',
      endReason: 'invo_worker_change_reason',
      contact: 'contact_line',
    },
  },
  contacts: {
    table: 'ssd_contacts',
    common: {
      id: 'cont_contact_id',
      person: 'cont_person_id',
      eventAt: 'cont_contact_date',
    },
    columns: {
      sourceCode: 'cont_contact_source_code',
      outcome: 'cont_contact_outcome',
    },
  },
  referrals: {
    table: 'ssd_cin_episodes',
    common: {
      id: 'cine_referral_id',
      person: 'cine_person_id',
      eventAt: 'cine_referral_date',
    },
    columns: {
      sourceCode: 'cine_referral_source_code',
      primaryNeed: 'cine_cin_primary_need_code',
      noFurtherAction: 'cine_referral_nfa',
      closedOn: 'cine_close_date',
      closureReason: 'cine_close_reason',
    },
  },
  assessments: {
    table: 'ssd_cin_assessments',
    common: {
      id: 'cina_assessment_id',
      person: 'cina_person_id',
      eventAt: 'cina_assessment_start_date',
    },
    columns: {
      authorisedAt: 'cina_assessment_auth_date',
      childSeen: 'cina_assessment_child_seen',
      factors: 'cinf_assessment_factors',
      kind: 'assessment_kind',
      dueAt: 'due_on',
    },
  },
  s47Enquiries: {
    table: 'ssd_s47_enquiry',
    common: {
      id: 's47e_s47_enquiry_id',
      person: 's47e_person_id',
    },
    columns: {
      startedOn: 's47e_s47_start_date',
      endedOn: 's47e_s47_end_date',
      outcome: 's47e_s47_outcome',
    },
  },
  meetings: {
    table: 'meeting',
    columns: {
      type: 'meeting_type',
      status: 'meeting_status',
    },
  },
  invitees: {
    table: 'meeting_invitee',
    columns: {
      role: 'invitee_role',
      la: 'invitee_la',
      agency: 'invitee_agency',
    },
  },
  plans: {
    table: 'ssd_cp_plans',
    common: {
      id: 'cppl_cp_plan_id',
      person: 'cppl_person_id',
    },
    columns: {
      from: 'cppl_cp_plan_start_date',
      to: 'cppl_cp_plan_end_date',
      category: 'cppl_cp_plan_latest_category',
      level: 'plan_level',
    },
  },
  actions: {
    table: 'plan_action',
    columns: {
      text: 'action_text',
      owner: 'owner_agency',
      state: 'action_state',
      due: 'due_on',
    },
  },
  placements: {
    table: 'ssd_cla_placement',
    common: {
      id: 'clap_cla_placement_id',
      person: 'clap_person_id',
    },
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
  },
  legalStatuses: {
    table: 'ssd_legal_status',
    common: {
      id: 'lega_legal_status_id',
      person: 'lega_person_id',
    },
    columns: {
      code: 'lega_legal_status',
      from: 'lega_legal_status_start_date',
      to: 'lega_legal_status_end_date',
    },
  },
  orders: {
    table: 'court_order',
    columns: {
      type: 'order_type',
      from: 'in_force_from',
      to: 'in_force_to',
    },
  },
  missing: {
    table: 'ssd_missing',
    common: {
      id: 'miss_table_id',
      person: 'miss_person_id',
    },
    columns: {
      from: 'miss_missing_episode_start_date',
      to: 'miss_missing_episode_end_date',
      kind: 'miss_missing_episode_type',
      interviewOffered: 'miss_missing_rhi_offered',
      interviewAccepted: 'miss_missing_rhi_accepted',
      force: 'reported_to_force',
    },
  },
  exploitation: {
    table: 'exploitation_assessment',
    columns: {
      group: 'threshold_group',
      version: 'tool_version',
    },
  },
  visits: {
    table: 'ssd_cla_visits',
    common: {
      id: 'clav_cla_visit_id',
      person: 'clav_person_id',
    },
    columns: {
      seen: 'clav_cla_visit_seen',
      seenAlone: 'clav_cla_visit_seen_alone',
    },
  },
  voice: {
    table: 'ssd_voice_of_child',
    common: {
      id: 'voch_table_id',
      person: 'voch_person_id',
    },
    columns: {
      text: 'voice_text',
    },
  },
  restraints: {
    table: 'restraint_log',
  },
  libertyRestrictions: {
    table: 'liberty_restriction',
  },
  carerLog: {
    table: 'carer_log',
    columns: {
      text: 'entry',
    },
  },
  triggers: {
    table: 'known_trigger',
    columns: {
      text: 'trigger_text',
    },
  },
  hazards: {
    table: 'hazard',
    columns: {
      text: 'hazard_text',
    },
  },
  interventions: {
    table: 'intervention',
  },
  forumListings: {
    table: 'forum_listing',
  },
  adoption: {
    table: 'ssd_permanence',
    common: {
      id: 'perm_table_id',
      person: 'perm_person_id',
    },
    columns: {
      adoptedOn: 'perm_adopted_on',
    },
  },
  legalAdvice: {
    table: 'legal_advice',
    columns: {
      text: 'advice',
    },
  },
}
