#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One thing, one word: the Chinese of the program and of its manual, and what English calls it.

A word that means the same as the one we chose is refused. `but` is what may stand all the same:
the longer word in which it is something else.
"""

import re
from typing import NamedTuple

import checklib

PO = 'po/zh_CN.po'
MANUALS = ('docs/manual',)


class Word(NamedTuple):
    banned: str
    say: str
    but: str = ''


CHINESE = [Word(*each) for each in (
    # The contract: 拟定 → 发送签署 → 待签署 → 签署 → 缴费; what nobody has signed is 撤回.
    ('签订|签字|送签(?!署)', '签署'),
    ('待签(?!署|约)', '待签署'),
    ('起草', '拟定'),
    ('付款', '缴费'),
    ('退款', '退费'),
    ('婉拒', '不予受理'),
    ('培训费总额', '学费'),
    # Joining the platform with a code.
    ('一次性代码|注册码|登记码|验证码', '加入码'),
    ('接入平台|注册本机|重新(?:注册|登记)|登记本机|本机登记', '加入平台'),
    ('平台(?:不认可|未接受)', '平台不接受 / 平台拒绝'),
    # The school.
    ('公示页|主页(?<!公开主页)', '公开主页'),
    ('“驾校”页', '“学校资料”页'),
    ('学校', '驾校', '学校资料|^学校$'),
    ('培训机构|机构(?:名称|编号|简介)', '驾校', '签发机构'),
    ('训练场地|新场地', '教学区域'),
    ('行政区划', '所属区县'),
    # Parts of the curriculum are counted in words; exams are subjects.
    (r'第 ?(?:%d|\{1\}) ?部分|科目 ?(?:%d|\{1\})', '%s: 第一部分 / 科目一'),
    ('科目[一二三四](?:学时|培训|有效)', '第…部分'),
    ('作废', '无效'),
    ('待审(?!核)', '待审核'),
    ('学驾中', '在学'),
    # Conflicts.
    ('修改冲突', '冲突'),
    ('保留本方|本方', '我的'),
    # Vehicles and terminals.
    ('号牌', '车牌'),
    ('车辆识别代号', '车架号'),
    ('解绑|换绑', '取下 / 更换'),
    # Lists.
    ('停用班型|班型已停用', '停售'),
    ('花名册', '名册'),
    ('搜索', '查找'),
    ('放入回收站', '移入回收站'),
    ('项改动', '项修改'),
)]

ENGLISH = [Word(*each) for each in (
    ('(?i)this station|re-?enrol|enrol (?:it|this PC|this one) again', 'this PC / join again'),
    ('(?i)subject %d|part %d', 'jp_progress_get_subject_label() / …_part_label()'),
    ('(?i)page of the school', 'School Profile'),
)]


def find(words, text):
    for word in words:
        stripped = re.sub(word.but, lambda match: '▯' * len(match.group()), text) if word.but else text
        match = re.search(word.banned, stripped)
        if match:
            yield f'“{match.group()}” is called “{word.say}” here'


def entries(text):
    """(line, is Chinese, text) of each message of a po file."""
    for match in re.finditer(r'^(msgid|msgid_plural|msgstr|msgstr\[\d\]) ((?:".*"\n?)+)', text, re.M):
        line = text.count('\n', 0, match.start()) + 1
        value = ''.join(re.findall(r'"(.*)"', match.group(2)))
        if 'Content-Type:' not in value:
            yield line, match.group(1).startswith('msgstr'), value


def check(tree):
    problems = []
    for line, chinese, value in entries(tree.get(PO) or ''):
        for problem in find(CHINESE if chinese else ENGLISH, value):
            problems.append(f'{PO}:{line}: {problem}')
    for path in sorted(tree):
        if path.startswith(MANUALS) and path.endswith('.zh.md'):
            for number, line in enumerate(tree[path].splitlines(), 1):
                problems += [f'{path}:{number}: {problem}' for problem in find(CHINESE, line)]
    return problems


def message(english, chinese):
    return {PO: f'msgid "{english}"\nmsgstr "{chinese}"\n'}


GOOD = [
    message('To be signed', '待签署'),
    message('No contract yet', '待签约'),
    message('School Profile', '请到“学校资料”页补全'),
    message('Public page', '公开主页'),
    {'docs/manual.zh.md': '先看“学校资料”，再发送签署。\n'},
]

BAD = [
    (message('To be signed', '待签订'), '签署'),
    (message('Contracts to be signed', '合同待签'), '待签署'),
    (message('One-time code', '注册码'), '加入码'),
    (message('Public page', '主页'), '公开主页'),
    (message('the school', '拨付给学校'), '驾校'),
    (message('part', '第 %d 部分'), '第一部分'),
    (message('Please enrol it again', '请重新加入平台'), 'join again'),
    ({'docs/manual.zh.md': '平台不接受这个注册码\n'}, '加入码'),
]

if __name__ == '__main__':
    checklib.run(check, GOOD, BAD)
