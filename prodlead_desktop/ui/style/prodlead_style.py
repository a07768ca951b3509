"""The one style of the program: Fusion's behaviour, painted from theme tokens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionViewItem,
    QWidget,
)

from prodlead_desktop.figures.measures import WINDOW
from prodlead_desktop.figures.theme import DARK, LIGHT, Theme
from prodlead_desktop.ui.style import boxes, choices, icons, lists, menus, scrolling
from prodlead_desktop.ui.style.fonts import role_font
from prodlead_desktop.ui.style.palette import Role, theme_of

PM, SH, PE, CE, CC, CT, SC = (
    QStyle.PixelMetric,
    QStyle.StyleHint,
    QStyle.PrimitiveElement,
    QStyle.ControlElement,
    QStyle.ComplexControl,
    QStyle.ContentsType,
    QStyle.SubControl,
)

METRICS = {
    PM.PM_FocusFrameHMargin: 5,
    PM.PM_FocusFrameVMargin: 5,
    PM.PM_ScrollBarExtent: 12,
    PM.PM_ScrollBarSliderMin: 32,
    PM.PM_ScrollView_ScrollBarSpacing: 0,
    PM.PM_ScrollView_ScrollBarOverlap: 0,
    PM.PM_SplitterWidth: WINDOW.splitter,
    PM.PM_SmallIconSize: WINDOW.icon,
    PM.PM_ButtonIconSize: WINDOW.icon,
    PM.PM_ListViewIconSize: WINDOW.icon,
    PM.PM_TabBarIconSize: WINDOW.icon,
    PM.PM_MenuPanelWidth: 1,
    PM.PM_MenuHMargin: 5,
    PM.PM_MenuVMargin: 5,
    PM.PM_MenuBarPanelWidth: 0,
    PM.PM_MenuBarHMargin: 8,
    PM.PM_MenuBarVMargin: 0,
    PM.PM_MenuBarItemSpacing: 2,
    PM.PM_IndicatorWidth: 18,
    PM.PM_IndicatorHeight: 18,
    PM.PM_ExclusiveIndicatorWidth: 18,
    PM.PM_ExclusiveIndicatorHeight: 18,
    PM.PM_CheckBoxLabelSpacing: 8,
    PM.PM_ToolTipLabelFrameWidth: 8,
    PM.PM_DefaultFrameWidth: 0,
    PM.PM_ButtonShiftHorizontal: 0,
    PM.PM_ButtonShiftVertical: 0,
    PM.PM_TreeViewIndentation: 13,
}
SP = QStyle.StandardPixmap
ICONS = {
    SP.SP_FileDialogBack: "arrow-left",
    SP.SP_FileDialogToParent: "arrow-up",
    SP.SP_FileDialogNewFolder: "square-plus",
    SP.SP_FileDialogListView: "list",
    SP.SP_FileDialogDetailedView: "layout-list",
    SP.SP_ArrowBack: "arrow-left",
    SP.SP_ArrowForward: "arrow-right",
    SP.SP_DirIcon: "folder",
    SP.SP_DirOpenIcon: "folder-open",
    SP.SP_FileIcon: "file",
    SP.SP_ComputerIcon: "monitor",
    SP.SP_DriveHDIcon: "hard-drive",
    SP.SP_LineEditClearButton: "x",
}
LINE_PADDING = 8
HINTS = {
    SH.SH_FocusFrame_AboveWidget: 1,
    SH.SH_FocusFrame_Mask: 0,
    SH.SH_EtchDisabledText: 0,
    SH.SH_Menu_MouseTracking: 1,
    SH.SH_MenuBar_MouseTracking: 1,
    SH.SH_ItemView_ShowDecorationSelected: 1,
    SH.SH_ComboBox_Popup: 0,
    SH.SH_ScrollBar_Transient: 0,
    SH.SH_UnderlineShortcut: 0,
    SH.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    SH.SH_ToolTipLabel_Opacity: 255,
    SH.SH_Widget_Animate: 0,
    SH.SH_Widget_Animation_Duration: 0,
    SH.SH_ScrollView_FrameOnlyAroundContents: 0,
}
PRIMITIVES = {
    PE.PE_FrameFocusRect: boxes.nothing,
    PE.PE_Frame: boxes.nothing,
    PE.PE_PanelLineEdit: boxes.field,
    PE.PE_FrameLineEdit: boxes.nothing,
    PE.PE_PanelButtonCommand: boxes.command,
    PE.PE_PanelButtonTool: boxes.tool,
    PE.PE_FrameDefaultButton: boxes.nothing,
    PE.PE_PanelTipLabel: boxes.tip,
    PE.PE_IndicatorToolBarHandle: boxes.nothing,
    PE.PE_PanelMenu: menus.panel,
    PE.PE_FrameMenu: menus.nothing,
    PE.PE_PanelMenuBar: menus.nothing,
    PE.PE_IndicatorCheckBox: choices.check_box,
    PE.PE_IndicatorRadioButton: choices.radio,
    PE.PE_IndicatorBranch: lists.branch,
    PE.PE_PanelItemViewRow: lists.nothing,
    PE.PE_PanelItemViewItem: lists.item,
    PE.PE_IndicatorItemViewItemDrop: lists.drop,
    PE.PE_PanelScrollAreaCorner: boxes.nothing,
}
CONTROLS = {
    CE.CE_FocusFrame: boxes.focus_frame,
    CE.CE_MenuItem: menus.item,
    CE.CE_MenuEmptyArea: menus.nothing,
    CE.CE_MenuBarItem: menus.bar_item,
    CE.CE_MenuBarEmptyArea: menus.bar_ground,
    CE.CE_Splitter: boxes.splitter,
    CE.CE_ToolBar: boxes.tool_bar,
    CE.CE_ProgressBar: scrolling.progress,
    CE.CE_HeaderSection: lists.header,
    CE.CE_HeaderEmptyArea: lists.header,
    CE.CE_HeaderLabel: lists.header_label,
    CE.CE_ComboBoxLabel: choices.combo_label,
    CE.CE_PushButtonLabel: boxes.command_label,
}
COMPLEX = {
    CC.CC_ScrollBar: scrolling.bar,
    CC.CC_ComboBox: choices.combo,
    CC.CC_Slider: scrolling.slider,
}
SIZES = {
    CT.CT_MenuItem: menus.item_size,
    CT.CT_MenuBarItem: menus.bar_item_size,
    CT.CT_LineEdit: boxes.field_size,
    CT.CT_PushButton: boxes.command_size,
    CT.CT_ComboBox: choices.combo_size,
}


class ProdleadStyle(QProxyStyle):
    """Paints standard widgets from the tokens of the palette's theme; what it does not know Fusion paints."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, target: Any) -> Any:
        if isinstance(target, QApplication):
            target.setFont(role_font("body"))
        return super().polish(target)

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        found = METRICS.get(metric)
        return found if found is not None else super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        found = HINTS.get(hint)
        return found if found is not None else super().styleHint(hint, option, widget, returned)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        ours = PRIMITIVES.get(element)
        if ours is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            _painted(painter, ours, option, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        ours = CONTROLS.get(element)
        if element == CE.CE_ItemViewItem and isinstance(option, QStyleOptionViewItem):
            option = QStyleOptionViewItem(option)
            option.palette.setColor(Role.HighlightedText, option.palette.color(Role.Text))
        if ours is None:
            super().drawControl(element, option, painter, widget)
        else:
            _painted(painter, ours, option, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        ours = COMPLEX.get(control)
        if ours is None:
            super().drawComplexControl(control, option, painter, widget)
        else:
            _painted(painter, ours, option, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        plain = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        ours = SIZES.get(kind)
        return ours(option, size, plain) if ours else plain

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        plain = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        ours = widget is not None and widget.property("radius") is not None
        if element == QStyle.SubElement.SE_LineEditContents and not ours and not bare(widget):
            return plain.adjusted(LINE_PADDING, 0, -LINE_PADDING, 0)
        return plain

    def standardIcon(
        self,
        which: QStyle.StandardPixmap,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        name = ICONS.get(which)
        if name is None:
            return super().standardIcon(which, option, widget)
        return icons.icon(name, theme_of(widget))

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        plain = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]
        if control == CC.CC_ScrollBar:
            return scrolling.bar_part(option, part, plain)
        if control == CC.CC_ComboBox:
            return choices.combo_part(option, part, plain)
        return plain


def bare(widget: QWidget | None) -> bool:
    """Whether a line edit stands in a box or row of somebody else."""
    return widget is not None and bool(widget.property("bare") or widget.property("in_row"))


def _painted(painter: QPainter, ours: object, option: QStyleOption, widget: QWidget | None) -> None:
    dark = option.palette.window().color().lightness() < 128
    theme: Theme = DARK if dark else LIGHT
    painter.save()
    ours(painter, QRectF(option.rect), option, theme, widget)  # type: ignore[operator]
    painter.restore()
