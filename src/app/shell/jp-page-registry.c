/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-registry.h"

#include "jp-place.h"

/**
 * JpPageRegistry:
 *
 * Knows how to make the page of each place. The window asks it at the first visit and knows no page
 * by its type.
 */
struct _JpPageRegistry
{
  GObject parent_instance;

  GHashTable *entries; /* (owned) (element-type utf8 Entry) */
};

typedef struct
{
  JpPageFactory  factory;
  gpointer       user_data; /* freed with destroy */
  GDestroyNotify destroy;   /* nullable */
} Entry;

G_DEFINE_FINAL_TYPE (JpPageRegistry, jp_page_registry, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  if (entry->destroy != NULL)
    entry->destroy (entry->user_data);
  g_free (entry);
}

static void
jp_page_registry_finalize (GObject *object)
{
  JpPageRegistry *self = JP_PAGE_REGISTRY (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);

  G_OBJECT_CLASS (jp_page_registry_parent_class)->finalize (object);
}

static void
jp_page_registry_class_init (JpPageRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_page_registry_finalize;
}

static void
jp_page_registry_init (JpPageRegistry *self)
{
  self->entries =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)entry_free);
}

/**
 * jp_page_registry_new:
 *
 * Returns: (transfer full): an empty registry
 */
JpPageRegistry *
jp_page_registry_new (void)
{
  return g_object_new (JP_TYPE_PAGE_REGISTRY, NULL);
}

/**
 * jp_page_registry_add:
 * @self: a registry
 * @place_name: the name of a place in the sidebar
 * @factory: makes the page
 * @user_data: handed to @factory
 * @destroy: (nullable): frees @user_data
 *
 * Registers the page of a place; a later registration replaces an earlier one.
 */
void
jp_page_registry_add (JpPageRegistry *self,
                      const char     *place_name,
                      JpPageFactory   factory,
                      gpointer        user_data,
                      GDestroyNotify  destroy)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (self));
  g_return_if_fail (jp_place_find (place_name) != NULL);
  g_return_if_fail (factory != NULL);

  Entry *entry = g_new0 (Entry, 1);
  entry->factory = factory;
  entry->user_data = user_data;
  entry->destroy = destroy;
  g_hash_table_replace (self->entries, g_strdup (place_name), entry);
}

/**
 * jp_page_registry_has:
 * @self: a registry
 * @place_name: the name of a place
 *
 * Returns: whether that place has a page
 */
gboolean
jp_page_registry_has (JpPageRegistry *self, const char *place_name)
{
  g_return_val_if_fail (JP_IS_PAGE_REGISTRY (self), FALSE);
  g_return_val_if_fail (place_name != NULL, FALSE);

  return g_hash_table_contains (self->entries, place_name);
}

/**
 * jp_page_registry_create:
 * @self: a registry
 * @place_name: the name of a place
 *
 * Makes the page of a place.
 *
 * Returns: (transfer floating) (nullable): a new [iface@Jp.Page], %NULL if none is registered
 */
GtkWidget *
jp_page_registry_create (JpPageRegistry *self, const char *place_name)
{
  g_return_val_if_fail (JP_IS_PAGE_REGISTRY (self), NULL);
  g_return_val_if_fail (place_name != NULL, NULL);

  Entry *entry = g_hash_table_lookup (self->entries, place_name);
  if (entry == NULL)
    return NULL;

  GtkWidget *page = entry->factory (entry->user_data);
  g_assert (JP_IS_PAGE (page));
  return page;
}
