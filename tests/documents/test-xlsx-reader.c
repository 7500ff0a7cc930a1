/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet.h"
#include "jp-xlsx-zip.h"

#include "jp-sheet-text.h"
#include "jp-xlsx-fixture.h"

#include <string.h>

#define WORKBOOK  "xl/workbook.xml"
#define WORKSHEET "xl/worksheets/sheet1.xml"
#define STRINGS   "xl/sharedStrings.xml"
#define STYLES    "xl/styles.xml"

static void
assert_fails_bytes (GBytes *bytes, JpDocumentsError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = jp_sheet_read_bytes (bytes, NULL, &error);

  g_assert_error (error, JP_DOCUMENTS_ERROR, (int)code);
  g_assert_null (sheet);
}

static void
assert_fails (JpXlsxFixture *fixture, JpDocumentsError code)
{
  g_autoptr (GBytes) bytes = jp_xlsx_fixture_pack (fixture, NULL);

  assert_fails_bytes (bytes, code);
}

static void
assert_part_fails (const char *part, const char *text, JpDocumentsError code)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  jp_xlsx_fixture_set (fixture, part, text);
  assert_fails (fixture, code);
}

static void
assert_rows_fail (const char *rows, JpDocumentsError code)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  jp_xlsx_fixture_set_rows (fixture, rows);
  assert_fails (fixture, code);
}

static void
assert_reads (JpXlsxFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_xlsx_fixture_pack (fixture, NULL);
  g_autoptr (JpSheet) sheet = jp_sheet_read_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  jp_sheet_text_assert (sheet, expected);
}

static void
assert_rows (const char *rows, const char *expected)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  jp_xlsx_fixture_set_rows (fixture, rows);
  assert_reads (fixture, expected);
}

static const char roster[] =
  "-1:菏泽示范驾校学员花名册\n"
  "=2:姓名|证件号码|报名日期|学费|教练员|时间|邮编|备注\n"
  " 3:张三|372901199003078888|2026-11-24@|3580.5#|王教练|09:30:00@|008100#|"
  "第一行\\x0a第二行 红\n"
  " 4:李四|372901199101011008#~|1999-02-28@|0.3#|王教练^|36:05:00@|274000#|=1+1\n"
  " 8:O'Neil <&> \"x\"|1#|2026-11-24 18:05:09@|#DIV/0!!||-0.00025#|123456789012345#|ab\n";

/* Made by LibreOffice from roster.fods. */
static void
test_roster (void)
{
  static const char *const names[] = { "roster.xlsx", "roster-1904.xlsx" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpSheet) sheet = jp_sheet_text_read_data (names[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (jp_sheet_get_name (sheet), ==, "学员花名册");
      g_assert_null (jp_sheet_get_encoding (sheet));
      jp_sheet_text_assert (sheet, roster);
    }
}

static void
test_values (void)
{
  assert_rows ("<row r='2'><c r='A2' t='inlineStr'><is><t>a</t></is></c>"
               "<c r='C2' t='str'><f>1</f><v>b</v></c></row>"
               "<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#REF!</v></c>"
               "<c t='d'><v>2026-11-24T00:00:00</v></c><c t='d'><v>2026-11-24T08:00:00</v></c>"
               "<c><f>A1</f></c><c><v>0012</v></c><c><v>1e3</v></c><c t='n'><v>soon</v></c></row>",
               "=2:a||b\n 3:TRUE|FALSE|#REF!!|2026-11-24@|2026-11-24 08:00:00@||12#|1000#|soon\n");
  assert_rows ("<row r='7'><c r='IV7' t='str'><v>x</v></c><c r='XFD7' s='3'/></row>"
               "<row r='1048576'><c s='1'/></row>",
               "=7:|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
               "|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
               "|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||"
               "||||||||||x\n");
  assert_rows ("", "");
}

static void
test_strings (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  jp_xlsx_fixture_set (fixture, STRINGS,
                       "<?xml version='1.0' encoding='UTF-8'?><sst><si><t> a </t></si>"
                       "<si><r><rPr/><t>张</t></r><r><t xml:space='preserve"
                       "'> </t></r><r><t><![CDATA[<三>]]></t></r><rPh sb='0' eb='1'><t>zhang</t>"
                       "</rPh><phoneticPr/></si><si/><si><t/></si>"
                       "<si><t>x_x000D_&#10;_x005F_x0041__xD83D__xDE00__x0000__xd800_</t></si>"
                       "</sst>");
  jp_xlsx_fixture_set_rows (fixture,
                            "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c>"
                            "<c t='s'><v>3</v></c><c t='s'><v>4</v></c></row>");
  assert_reads (fixture, "=1: a |张 <三>|||x\\x0d\\x0a_x0041_\xf0\x9f\x98\x80\xef\xbf\xbd"
                         "\xef\xbf\xbd\n");

  jp_xlsx_fixture_set_rows (fixture, "<row><c t='s'><v>5</v></c></row>");
  assert_fails (fixture, JP_DOCUMENTS_ERROR_INVALID);
  jp_xlsx_fixture_set_rows (fixture, "<row><c t='s'><v>-1</v></c></row>");
  assert_fails (fixture, JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_styles (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  jp_xlsx_fixture_set (fixture, STYLES,
                       "<styleSheet><numFmts><numFmt numFmtId='200' "
                       "formatCode='yyyy&quot;年&quot;'/>"
                       "<numFmt numFmtId='14' formatCode='0'/></numFmts>"
                       "<cellStyleXfs><xf numFmtId='22'/></cellStyleXfs>"
                       "<cellXfs><xf/><xf numFmtId='200'/><xf numFmtId='14'/><xf numFmtId='57'/>"
                       "</cellXfs></styleSheet>");
  jp_xlsx_fixture_set_rows (fixture, "<row><c s='0'><v>46350</v></c><c s='1'><v>46350</v></c>"
                                     "<c s='2'><v>46350</v></c><c s='3'><v>46350</v></c>"
                                     "<c s='4'><v>46350</v></c><c s='x'><v>46350</v></c></row>");
  assert_reads (fixture, "=1:46350#|2026-11-24@|46350#|2026-11-24@|46350#|46350#\n");
}

static void
test_merges (void)
{
  assert_rows ("<row r='1'><c t='str'><v>T</v></c></row>"
               "<row r='2'><c r='A2' t='str'><v>n</v></c><c r='B2' t='str'><v>both</v></c></row>"
               "<row r='3'><c r='B3' t='str'><v>b</v></c><c r='C3' t='str'><v>c</v></c></row>"
               "<row r='4'><c r='A4' t='str'><v>1</v></c><c r='D4' t='str'><v>k</v></c></row>"
               "<row r='6'><c r='A6' t='str'><v>2</v></c></row>"
               "<row r='7'><c r='A7' t='str'><v>3</v></c><c r='D7' t='str'><v>own</v></c></row>"
               "<row r='8'><c r='A8' t='str'><v>4</v></c></row></sheetData><mergeCells>"
               "<mergeCell ref='D4:D7'/><mergeCell ref='A2:A3'/><mergeCell ref='B2:C2'/>"
               "<mergeCell ref='A1:D1'/><mergeCell ref='A5:B9'/></mergeCells>",
               "-1:T\n-2:n|both\n=3:n^|b|c\n 4:1|||k\n 6:2|||k^\n 7:3|||own\n 8:4\n");
  assert_rows_fail ("</sheetData><mergeCell ref='A2:A1'/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("</sheetData><mergeCell ref='A2'/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("</sheetData><mergeCell/>", JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_visible_sheet (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();
  static const char rows[] = "<row><c t='str'><v>x</v></c></row>";

  jp_xlsx_fixture_set_rows (fixture, rows);
  jp_xlsx_fixture_set (fixture, WORKBOOK,
                       "<w:workbook xmlns:w='urn:m' xmlns:q='urn:r'><w:sheets>"
                       "<w:sheet name='1' state='hidden' q:id='b'/>"
                       "<w:sheet name='2' state='veryHidden' q:id='b'/>"
                       "<w:sheet name='3' q:id='d'/><w:sheet name='4' q:id='none'/>"
                       "<w:sheet name='5' state='visible' q:id='b'/></w:sheets></w:workbook>");

  g_autoptr (GBytes) bytes = jp_xlsx_fixture_pack (fixture, NULL);
  g_autoptr (JpSheet) sheet = jp_sheet_read_bytes (bytes, NULL, NULL);

  g_assert_nonnull (sheet);
  g_assert_cmpstr (jp_sheet_get_name (sheet), ==, "5");
  jp_sheet_text_assert (sheet, "=1:x\n");

  assert_part_fails (WORKBOOK, "<workbook><sheets/></workbook>", JP_DOCUMENTS_ERROR_INVALID);
  assert_part_fails (WORKBOOK,
                     "<workbook xmlns:r='urn:r'><sheets><sheet state='hidden' r:id='b'/></sheets>"
                     "</workbook>",
                     JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_choose_header (void)
{
  static const char *const labels[] = { "姓名", "ID Number", NULL };
  static const char *const unknown[] = { "x", NULL };
  static const char        text[] = "a,b,c\n1,2,3\n* 姓 名,ＩＤ number,\n4,5,6\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = jp_sheet_read_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  jp_sheet_choose_header (sheet, unknown);
  g_assert_cmpuint (jp_sheet_row_get_number (jp_sheet_get_header (sheet)), ==, 1);
  jp_sheet_choose_header (sheet, labels);
  g_assert_cmpuint (jp_sheet_row_get_number (jp_sheet_get_header (sheet)), ==, 3);
  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, 1);
  g_assert_cmpuint (jp_sheet_get_n_preamble (sheet), ==, 2);
}

static void
test_malformed_parts (void)
{
  static const char *const parts[] = { "_rels/.rels", "xl/_rels/workbook.xml.rels",
                                       WORKBOOK,      WORKSHEET,
                                       STRINGS,       STYLES };
  static const char *const texts[] = { "",
                                       "x",
                                       "<a>",
                                       "<a></b>",
                                       "<a/><a/>",
                                       "<a b='&c;'/>",
                                       "<a>&c;</a>",
                                       "<sst><si><t>",
                                       "<a>\x01</a>",
                                       "<a>\xff</a>" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
        assert_part_fails (parts[i], texts[k], JP_DOCUMENTS_ERROR_INVALID);
    }
}

static void
test_malformed_rows (void)
{
  assert_rows_fail ("<row r='2'/><row r='2'/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='2'/><row r='1'/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='0'/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='1'><c r='A2'/></row>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='1'><c r='1'/></row>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='1'><c r='A'/></row>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='1'><c r='ABCDE1'/></row>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row r='1'><c r='A99999999999999999999'/></row>", JP_DOCUMENTS_ERROR_INVALID);
  assert_rows_fail ("<row><c r='B1' t='str'><v>x</v></c><c r='A1' t='str'><v>x</v></c></row>",
                    JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_missing_parts (void)
{
  static const struct
  {
    const char      *part;
    JpDocumentsError code;
  } parts[] = {
    { "_rels/.rels", JP_DOCUMENTS_ERROR_UNSUPPORTED },
    { "xl/_rels/workbook.xml.rels", JP_DOCUMENTS_ERROR_INVALID },
    { WORKBOOK, JP_DOCUMENTS_ERROR_INVALID },
    { WORKSHEET, JP_DOCUMENTS_ERROR_INVALID },
    { STRINGS, JP_DOCUMENTS_ERROR_INVALID },
    { STYLES, JP_DOCUMENTS_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

      jp_xlsx_fixture_remove (fixture, parts[i].part);
      assert_fails (fixture, parts[i].code);
    }
}

static void
test_other_packages (void)
{
  static const char        rels[] = "<Relationships><Relationship Id='a' Type='x/officeDocument' "
                                    "Target='%s'/></Relationships>";
  static const char *const targets[] = { "word/document.xml", "xl/workbook.bin" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *text = g_strdup_printf (rels, targets[i]);

      assert_part_fails ("_rels/.rels", text, JP_DOCUMENTS_ERROR_UNSUPPORTED);
    }

  assert_part_fails ("_rels/.rels", "<Relationships/>", JP_DOCUMENTS_ERROR_UNSUPPORTED);
}

/* No document type at all: neither one that reads files nor one that grows. */
static void
test_entities (void)
{
  static const char laughs[] =
    "<!DOCTYPE sst [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
    "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>"
    "<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'>"
    "<!ENTITY i '&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;'><!ENTITY j '&i;&i;&i;&i;&i;&i;&i;&i;&i;&i;'>]>"
    "<sst x='&j;'><si><t>&j;</t></si></sst>";

  assert_part_fails (STRINGS, "<!DOCTYPE sst SYSTEM 'file:///etc/passwd'><sst/>",
                     JP_DOCUMENTS_ERROR_INVALID);
  assert_part_fails (STRINGS,
                     "<!DOCTYPE sst [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                     "<sst><si><t>&x;</t></si></sst>",
                     JP_DOCUMENTS_ERROR_INVALID);
  assert_part_fails (STRINGS, "<!DOCTYPE sst><sst/>", JP_DOCUMENTS_ERROR_INVALID);
  assert_part_fails (STRINGS, laughs, JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("<sst>");

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "<r>");
  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "</r>");

  g_string_append (text, "</sst>");
  assert_part_fails (STRINGS, text->str, JP_DOCUMENTS_ERROR_INVALID);
}

static void
test_bombs (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();
  const gsize n_bytes = 64 * 1024 * 1024;
  char       *blanks = g_malloc (n_bytes);

  memset (blanks, ' ', n_bytes);

  g_autoptr (GBytes) bomb = g_bytes_new_take (blanks, n_bytes);

  jp_xlsx_fixture_set_bytes (fixture, WORKSHEET, bomb);
  assert_fails (fixture, JP_DOCUMENTS_ERROR_TOO_LARGE);

  /* The budget of all members together, without a suspicious ratio. */
  g_autoptr (GBytes) stored = jp_xlsx_fixture_pack (fixture, "zip:compression=store");
  g_autoptr (GError) error = NULL;
  g_autoptr (JpXlsxZip) zip = jp_xlsx_zip_new (stored, n_bytes - 1, &error);
  g_autoptr (JpXlsxMember) member = jp_xlsx_zip_open_member (zip, WORKSHEET, NULL, &error);
  g_autofree char *buffer = g_malloc (65536);
  gssize           n_read = 1;

  g_assert_no_error (error);
  for (guint i = 0; i < 10000 && n_read > 0; i++)
    n_read = jp_xlsx_zip_read_member (member, buffer, 65536, &error);

  g_assert_cmpint (n_read, ==, -1);
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
test_limits (void)
{
  g_autofree char *text = g_strnfill (JP_SHEET_MAX_CELL_BYTES, 'x');
  g_autofree char *longer = g_strnfill (JP_SHEET_MAX_CELL_BYTES + 1, 'x');
  g_autofree char *row = g_strdup_printf ("<row><c t='str'><v>%s</v></c></row>", text);
  g_autofree char *expected = g_strdup_printf ("=1:%s\n", text);
  g_autofree char *value = g_strdup_printf ("<row><c t='str'><v>%s</v></c></row>", longer);
  g_autofree char *inlined =
    g_strdup_printf ("<row><c t='inlineStr'><is><t>%s</t></is></c></row>", longer);
  g_autofree char *shared = g_strdup_printf ("<sst><si><t>%s</t></si></sst>", longer);
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  assert_rows (row, expected);
  assert_rows_fail (value, JP_DOCUMENTS_ERROR_TOO_LARGE);
  assert_rows_fail (inlined, JP_DOCUMENTS_ERROR_TOO_LARGE);
  assert_rows_fail ("<row><c r='IW1' t='str'><v>x</v></c></row>", JP_DOCUMENTS_ERROR_TOO_LARGE);

  /* Only a cell that uses the long text makes the worksheet unreadable. */
  jp_xlsx_fixture_set (fixture, STRINGS, shared);
  assert_reads (fixture, "");
  jp_xlsx_fixture_set_rows (fixture, "<row><c t='s'><v>0</v></c></row>");
  assert_fails (fixture, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

/* Many huge merged cells must cost neither minutes nor gigabytes. */
static void
test_merge_bomb (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (rows, "<row><c t='str'><v>x</v></c></row>");

  g_string_append (rows, "</sheetData><mergeCells>");
  for (guint i = 0; i < 60000; i++)
    g_string_append (rows, "<mergeCell ref='A1:A20000'/>");

  g_string_append (rows, "</mergeCells>");
  assert_rows_fail (rows->str, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
test_damaged_archives (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "documents", "data", "roster.xlsx", NULL);
  g_autofree char *contents = NULL;
  gsize            n_bytes = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, &n_bytes, &error);
  g_assert_no_error (error);

  for (gsize n = 4; n < n_bytes; n += 31)
    {
      g_autoptr (GBytes) truncated = g_bytes_new (contents, n);

      assert_fails_bytes (truncated, JP_DOCUMENTS_ERROR_INVALID);
    }

  /* A flipped bit is either noticed or does not matter; it never makes another text. */
  for (gsize i = 0; i < n_bytes; i += 7)
    {
      contents[i] ^= 0x20;

      g_autoptr (GBytes) damaged = g_bytes_new (contents, n_bytes);
      g_autoptr (JpSheet) sheet = jp_sheet_read_bytes (damaged, NULL, NULL);
      g_autofree char *text = sheet != NULL ? jp_sheet_text_dump (sheet) : NULL;

      if (text != NULL)
        g_assert_cmpstr (text, ==, roster);

      contents[i] ^= 0x20;
    }
}

static void
test_encrypted (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();
  g_autoptr (GBytes) bytes = jp_xlsx_fixture_pack (fixture, "zip:encryption=zipcrypt");

  assert_fails_bytes (bytes, JP_DOCUMENTS_ERROR_ENCRYPTED);
}

static void
test_cancelled (void)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();
  g_autoptr (GBytes) bytes = jp_xlsx_fixture_pack (fixture, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpXlsxZip) zip = jp_xlsx_zip_new (bytes, G_MAXUINT64, &error);
  g_autoptr (JpXlsxMember) member = jp_xlsx_zip_open_member (zip, WORKBOOK, cancellable, &error);
  char buffer[16];

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (jp_xlsx_zip_read_member (member, buffer, sizeof buffer, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/xlsx-reader/roster", test_roster);
  g_test_add_func ("/documents/xlsx-reader/values", test_values);
  g_test_add_func ("/documents/xlsx-reader/strings", test_strings);
  g_test_add_func ("/documents/xlsx-reader/styles", test_styles);
  g_test_add_func ("/documents/xlsx-reader/merges", test_merges);
  g_test_add_func ("/documents/xlsx-reader/visible-sheet", test_visible_sheet);
  g_test_add_func ("/documents/xlsx-reader/choose-header", test_choose_header);
  g_test_add_func ("/documents/xlsx-reader/malformed-parts", test_malformed_parts);
  g_test_add_func ("/documents/xlsx-reader/malformed-rows", test_malformed_rows);
  g_test_add_func ("/documents/xlsx-reader/missing-parts", test_missing_parts);
  g_test_add_func ("/documents/xlsx-reader/other-packages", test_other_packages);
  g_test_add_func ("/documents/xlsx-reader/entities", test_entities);
  g_test_add_func ("/documents/xlsx-reader/depth", test_depth);
  g_test_add_func ("/documents/xlsx-reader/bombs", test_bombs);
  g_test_add_func ("/documents/xlsx-reader/limits", test_limits);
  g_test_add_func ("/documents/xlsx-reader/merge-bomb", test_merge_bomb);
  g_test_add_func ("/documents/xlsx-reader/damaged-archives", test_damaged_archives);
  g_test_add_func ("/documents/xlsx-reader/encrypted", test_encrypted);
  g_test_add_func ("/documents/xlsx-reader/cancelled", test_cancelled);

  return g_test_run ();
}
