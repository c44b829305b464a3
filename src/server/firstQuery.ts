/** The query a newcomer sees first: one child, five agencies, and what each could say. */
export const firstQuery = `query WholeView {
  child(id: "C04") {
    names { given family agency }
    status { level responsibleLa areaLa areaForce legalStatus leadProfessional }
    sources { agency state recordCount withheld { reason category contact } }
    missing { total { ...whole } reported { ...whole } unreported { ...whole } byForce { force count { value } } }
    restrictivePractice { total { ...whole } bySetting { name count { value } } byTechnique { name count { value } } }
    involvements { service kind professional contact la }
    chronology(first: 5) { total events { eventAt headline provenance { agency } } }
    auditId
  }
}

fragment whole on Count {
  value
  completeness
  without { agency state label reason contact }
}
`
