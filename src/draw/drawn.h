/* draw/drawn.h - what sheets use of cairo, pango and fontconfig, opened by name when first needed.
 *
 * Linked in the ordinary way these twenty libraries would be mapped and made ready in every process, though one
 * draws. Each call stands here once; the types are the libraries' own.
 * Needs: their headers.    Never: included outside src/draw. */
#ifndef DRAW_DRAWN_H
#define DRAW_DRAWN_H

#include "base/str.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#define DRAWN_CALLS(X)                          \
    X(cairo_image_surface_create_for_data)      \
    X(cairo_image_surface_create)               \
    X(cairo_pdf_surface_create_for_stream)      \
    X(cairo_surface_flush)                      \
    X(cairo_surface_finish)                     \
    X(cairo_surface_status)                     \
    X(cairo_surface_destroy)                    \
    X(cairo_surface_set_fallback_resolution)    \
    X(cairo_debug_reset_static_data)            \
    X(cairo_create)                             \
    X(cairo_destroy)                            \
    X(cairo_status)                             \
    X(cairo_set_source_rgba)                    \
    X(cairo_set_fill_rule)                      \
    X(cairo_set_line_width)                     \
    X(cairo_set_line_join)                      \
    X(cairo_set_line_cap)                       \
    X(cairo_new_path)                           \
    X(cairo_paint)                              \
    X(cairo_save)                               \
    X(cairo_restore)                            \
    X(cairo_translate)                          \
    X(cairo_scale)                              \
    X(cairo_identity_matrix)                    \
    X(cairo_clip)                               \
    X(cairo_rectangle)                          \
    X(cairo_arc)                                \
    X(cairo_new_sub_path)                       \
    X(cairo_move_to)                            \
    X(cairo_line_to)                            \
    X(cairo_curve_to)                           \
    X(cairo_close_path)                         \
    X(cairo_fill)                               \
    X(cairo_stroke)                             \
    X(cairo_copy_path)                          \
    X(cairo_path_destroy)                       \
    X(cairo_font_options_create)                \
    X(cairo_font_options_destroy)               \
    X(cairo_font_options_set_antialias)         \
    X(cairo_font_options_set_hint_style)        \
    X(cairo_font_options_set_hint_metrics)      \
    X(pango_cairo_font_map_new_for_font_type)   \
    X(pango_cairo_context_set_font_options)     \
    X(pango_cairo_show_layout)                  \
    X(pango_cairo_layout_path)                  \
    X(pango_fc_font_map_config_changed)         \
    X(pango_font_map_create_context)            \
    X(pango_language_from_string)               \
    X(pango_context_set_language)               \
    X(pango_context_set_base_dir)               \
    X(pango_font_description_new)               \
    X(pango_font_description_set_family)        \
    X(pango_font_description_set_weight)        \
    X(pango_font_description_set_absolute_size) \
    X(pango_font_description_free)              \
    X(pango_layout_new)                         \
    X(pango_layout_set_font_description)        \
    X(pango_layout_set_text)                    \
    X(pango_layout_set_width)                   \
    X(pango_layout_set_height)                  \
    X(pango_layout_set_alignment)               \
    X(pango_layout_set_wrap)                    \
    X(pango_layout_set_ellipsize)               \
    X(pango_layout_set_line_spacing)            \
    X(pango_layout_get_extents)                 \
    X(pango_layout_get_line_count)              \
    X(pango_layout_get_unknown_glyphs_count)    \
    X(FcConfigCreate)                           \
    X(FcConfigSetCurrent)                       \
    X(FcConfigAppFontAddFile)                   \
    X(g_object_unref)

struct drawn {
#define DRAWN_CALL(name) __typeof__(name) *name;
    DRAWN_CALLS(DRAWN_CALL)
#undef DRAWN_CALL
};

/* The calls; NULL when this machine has not got the libraries. Opened once. */
const struct drawn *drawn_open(void);

#endif
