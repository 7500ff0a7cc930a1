/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The Han characters that the table of readings covers: what is in use, and what is rare. */

#define JP_PINYIN_BASIC_FIRST 0x3400
#define JP_PINYIN_BASIC_LAST  0x9fff
#define JP_PINYIN_RARE_FIRST  0x20000
#define JP_PINYIN_RARE_LAST   0x323af
