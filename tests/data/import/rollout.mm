<map version="freeplane 1.12.1">
<!--To view this file, download free mind mapping software Freeplane from https://www.freeplane.org -->
<attribute_registry SHOW_ATTRIBUTES="hide"/>
<node TEXT="Roll-out 2027" FOLDED="false" ID="ID_1" CREATED="1700000000000" MODIFIED="1700000000000" STYLE="oval">
<font SIZE="18"/>
<hook NAME="MapStyle" background="#ffffff">
    <properties show_icon_for_attributes="true"/>
<map_styles>
<stylenode LOCALIZED_TEXT="styles.root_node"><icon BUILTIN="yes"/>
<stylenode LOCALIZED_TEXT="default" COLOR="#ff0000" TEXT="not a node"/>
<richcontent TYPE="NOTE"><html><body><p>not a note</p></body></html></richcontent>
</stylenode>
</map_styles>
</hook>
<hook NAME="AutomaticEdgeColor" COUNTER="4" RULE="ON_BRANCH_CREATION"/>
<node TEXT="First markets" POSITION="right" ID="ID_2" FOLDED="true" BACKGROUND_COLOR="#ffcc00" TAGS="2027&#xa;EU">
<icon BUILTIN="full-1"/>
<icon BUILTIN="button_ok"/>
<richcontent TYPE="DETAILS"><html><head/><body><p>Two at a time</p></body></html></richcontent>
<richcontent TYPE="NOTE">
<html>
  <head>
    <style>p { margin: 0 }</style>
  </head>
  <body>
    <p>
      Start where <b>partners</b> are &lt; 3 h away.
    </p>
    <ul>
      <li>Denmark</li>
      <li><a href="https://example.org/se">Sweden</a></li>
    </ul>
    <img src="map.png"/>
  </body>
</html></richcontent>
<node TEXT="Denmark" ID="ID_3" LINK="https://example.org/dk">
<attribute NAME="Owner" VALUE="Ann"/>
<attribute NAME="script1" VALUE="new File('/tmp/x').delete()"/>
<arrowlink DESTINATION="ID_5" MIDDLE_LABEL="opens the door"/>
</node>
<node TEXT="Sweden" ID="ID_4" LINK="file:/C:/plans/se.xlsx">
<hook NAME="plugins/TimeManagementReminder.xml"><Parameters REMINDUSERAT="1700000000000"/></hook>
</node>
</node>
<node POSITION="left" ID="ID_5" COLOR="#0033ff">
<richcontent TYPE="NODE"><html><body><p>Partners <i>and</i></p><p>resellers</p></body></html></richcontent>
<linktarget SOURCE="ID_3" DESTINATION="ID_5"/>
<cloud COLOR="#f0f0f0"/>
<node TEXT="=node.parent.text" ID="ID_6" LINK="menuitem:_QuitAction$0"/>
<node TEXT="see there" ID="ID_7" LINK="#ID_4">
<arrowlink DESTINATION="ID_5"/>
<arrowlink DESTINATION="ID_99"/>
</node>
<node ID="ID_8" TREE_ID="ID_3"/>
<node TEXT="E = m c²" ID="ID_9"><hook EQUATION="E = mc^2" NAME="plugins/latex/LatexNodeHook.properties"/></node>
<node TEXT="Secret" ID="ID_10" ENCRYPTED_CONTENT="bm90aGluZw=="/>
</node>
</node>
</map>
