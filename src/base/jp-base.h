/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that most files need from the base layer. */
#include "jp-clock.h"
#include "jp-date.h"
#include "jp-error.h"
#include "jp-id.h"
#include "jp-money.h"
#include "jp-text.h"
