<map version="0.8.1">
<node ID="Freemind_Link_1" TEXT="Gr&#246;&#223;e">
<node COLOR="#000000" FOLDED="true" POSITION="right" TEXT="&lt;html&gt;Two&lt;br&gt;lines &amp;amp; &lt;b&gt;more&lt;/b&gt;&lt;/html&gt;">
<hook NAME="accessories/plugins/NodeNote.properties">
<text>An old note&#xa;on two lines</text>
</hook>
<node TEXT="&#x6771;&#x4eac; &#x1f680;"/>
</node>
<node POSITION="left" TEXT=""/>
</node>
</map>
