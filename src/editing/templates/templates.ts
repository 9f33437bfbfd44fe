import { appointmentReminder } from './appointment-reminder.ts'
import type { FlowTemplate } from './flow-template.ts'
import { leadQualification } from './lead-qualification.ts'
import { oneTimePassword } from './one-time-password.ts'
import { optInOut } from './opt-in-opt-out.ts'
import { orderStatus } from './order-status.ts'
import { callBack } from './out-of-hours-call-back.ts'
import { satisfactionSurvey } from './satisfaction-survey.ts'
import { supportIvr } from './support-ivr.ts'

/**
 * The built-in templates. Their nodes are those of the built-in palette; a host with other node types offers templates
 * of its own instead.
 */
export const TEMPLATES: readonly FlowTemplate[] = [
  supportIvr,
  callBack,
  orderStatus,
  appointmentReminder,
  satisfactionSurvey,
  leadQualification,
  optInOut,
  oneTimePassword,
]
