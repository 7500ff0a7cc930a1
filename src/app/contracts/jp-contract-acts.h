/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* What the desk does with a contract. What leaves the house asks first. */

gboolean jp_contract_acts_may_edit (JpRecord *contract);
void     jp_contract_acts_edit (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_offer (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_cancel (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_withdraw (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_approve (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_transfer (JpOffice *office, JpRecord *contract);
void     jp_contract_acts_read (JpOffice *office, JpRecord *contract);

G_END_DECLS
