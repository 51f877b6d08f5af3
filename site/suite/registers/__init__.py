"""Registers: records that are listed, filtered, inspected and exported, beside snippets in one menu group.

A register is a wagtail-modeladmin list that writes through the plugin's domain functions::

    from suite.registers.register import Register, RegisterGroup

    class HearingRegister(Register):
        model = Hearing
        list_display = ("topic", "place", "day")
        list_filter = ("day",)              # InEffectFilter (.filters): for a model with since and until
        panels = [FieldPanel("topic"), FieldPanel("place"), FieldPanel("day")]

        def write(self, form, user):
            return lifecycle.plan(form.instance, user) if form.instance._state.adding else lifecycle.correct(...)

    class HearingGroup(RegisterGroup):
        menu_label = _("Hearings")
        registers = (HearingRegister,)
        items = (TopicViewSet,)          # snippet viewsets, after the registers in the same menu

    register_snippet(HearingGroup)       # in wagtail_hooks.py; permission_rows: each register has permission_rows()

Why this way round: a ModelAdmin that is `modeladmin_register`ed brings a menu item of its own, so here only its
addresses and permissions are registered by hook and its menu item is put into the snippets' group.
"""
